import { DeliveryTable } from '../../../parts/DeliveryTable.tsx'
import { getRouteApi } from '@tanstack/react-router'
import { device as words } from '#words/device.ts'
import type { Device } from '../columns.tsx'

const deviceRoute = getRouteApi('/devices/$id')

export function DeviceDeliveries({ device }: { device: Device }) {
  const { cursor } = deviceRoute.useSearch()
  const navigate = deviceRoute.useNavigate()
  return (
    <DeliveryTable
      label={words.deliveries.label}
      empty={words.deliveries.none}
      of={{ device: device.id }}
      household={device.household}
      cursor={cursor}
      onPage={(next) => void navigate({ search: (now) => ({ ...now, cursor: next ?? undefined }) })}
    />
  )
}
