import { getRouteApi } from '@tanstack/react-router'
import { EntityHistory } from '../../../parts/entity/EntityHistory.tsx'
import { EntityNotes } from '../../../parts/entity/EntityNotes.tsx'
import type { Device } from '../columns.tsx'

const deviceRoute = getRouteApi('/devices/$id')

export function History({ device: { id } }: { device: Device }) {
  const { cursor } = deviceRoute.useSearch()
  const navigate = deviceRoute.useNavigate()
  return (
    <EntityHistory
      of="devices"
      id={id}
      cursor={cursor}
      onPage={(next) => void navigate({ search: (now) => ({ ...now, cursor: next ?? undefined }) })}
    />
  )
}

export function Notes({ device: { id } }: { device: Device }) {
  return <EntityNotes of="devices" id={id} />
}
