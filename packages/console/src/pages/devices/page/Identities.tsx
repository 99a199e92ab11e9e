import { Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { device as words } from '#words/device.ts'
import { fleet } from '#words/fleet.ts'
import { api } from '../../../api/client.ts'
import { DataTable, type Column } from '../../../parts/DataTable.tsx'
import { Empty } from '../../../parts/Empty.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { Time } from '../../../parts/Time.tsx'
import type { Device } from '../columns.tsx'

type Identity = Schemas['DeviceIdentity']

const columns: readonly Column<Identity>[] = [
  { id: 'protocol', header: words.identities.protocol, cell: (each) => fleet.protocols[each.protocol] },
  { id: 'identity', header: words.identities.identity, cell: (each) => <Text size="sm">{each.identity}</Text> },
  {
    id: 'force',
    header: fleet.state,
    cell: ({ inForce }) => (
      <StateBadge
        state={inForce ? 'active' : 'none'}
        label={inForce ? words.identities.inForce : words.identities.notInForce}
      />
    ),
  },
  {
    id: 'credentials',
    header: words.identities.credentials,
    cell: ({ credentials }) => credentials.map(({ kind, username }) => username ?? kind).join(', ') || '–',
  },
  { id: 'created', header: fleet.created, wide: true, cell: (each) => <Time at={each.createdAt} /> },
]

/** By what the device is known in protocols other than the native one. */
export function Identities({ device: { id } }: { device: Device }) {
  const page = useQuery({
    queryKey: ['device', id, 'identities'],
    queryFn: async () => answer(await api.GET('/api/v1/devices/{id}/identities', { params: { path: { id } } })),
  })
  return (
    <DataTable
      label={words.identities.label}
      columns={columns}
      page={page.data}
      error={page.error}
      rowId={(each) => each.id}
      empty={<Empty title={words.identities.none} text={words.identities.noneText} />}
    />
  )
}
