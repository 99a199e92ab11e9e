import { Alert, Skeleton, Stack, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { device as words } from '#words/device.ts'
import { useLiveRefresh } from '../../../api/live.ts'
import { hasRole, usePrincipal } from '../../../api/session.ts'
import { Fault } from '../../../parts/Fault.tsx'
import { PageHeader } from '../../../parts/PageHeader.tsx'
import { Presence } from '../../../parts/Presence.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import type { Device } from '../columns.tsx'
import { deviceQuery } from '../queries.ts'
import { deviceTabs } from '../tabs.ts'
import { DeviceActions } from './DeviceActions.tsx'
import { Capabilities } from './Capabilities.tsx'
import { DeviceDeliveries } from './DeviceDeliveries.tsx'
import { History, Notes } from './Annotations.tsx'
import { Identities } from './Identities.tsx'
import { Log } from './Log.tsx'
import { Now } from './Now.tsx'
import { Queue } from './Queue.tsx'

const deviceRoute = getRouteApi('/devices/$id')

type Tab = (typeof deviceTabs)[number]

const panels: Partial<Record<Tab, (props: { device: Device }) => React.ReactNode>> = {
  now: Now,
  capabilities: Capabilities,
  history: History,
  notes: Notes,
  deliveries: DeviceDeliveries,
  log: Log,
  identities: Identities,
  queue: Queue,
}
/** What only those who run the platform may see. */
const staffOnly: ReadonlySet<Tab> = new Set(['log', 'identities', 'history', 'notes'])

export function DevicePage() {
  const { id } = deviceRoute.useParams()
  const { tab = 'now' } = deviceRoute.useSearch()
  const navigate = deviceRoute.useNavigate()
  const isStaff = hasRole(usePrincipal(), 'operator', 'auditor')
  const { data: device, error, refetch } = useQuery(deviceQuery(id))
  useLiveRefresh({ types: ['device.*'], subject: id }, ['device', id])
  if (error) return <Fault error={error} retry={() => void refetch()} />
  if (device === undefined) return <Skeleton height={260} />
  const tabs = deviceTabs.filter((each) => panels[each] !== undefined && (isStaff || !staffOnly.has(each)))
  const Panel = panels[tab] ?? Now
  return (
    <>
      <PageHeader
        title={device.name}
        above={[{ to: '/devices', label: words.above }]}
        beside={<StateBadge state={device.state} />}
        text={<Presence reachable={device.reachable} since={device.reachableChangedAt} />}
      >
        <DeviceActions device={device} />
      </PageHeader>
      <Stack>
        {device.state === 'quarantined' && <Alert color="orange">{words.quarantined}</Alert>}
        {device.state === 'decommissioned' && <Alert color="gray">{words.decommissioned}</Alert>}
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) => void navigate({ search: { tab: (next ?? 'now') as Tab } })}
        >
          <Tabs.List>
            {tabs.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {words.tabs[each]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={tab} pt="md">
            <Panel device={device} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  )
}
