import { Group, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { deliveries as words } from '#words/orders.ts'
import { api } from '../api/client.ts'
import { useLiveRefresh } from '../api/live.ts'
import { usePage } from './usePage.ts'
import { bytes } from './bytes.ts'
import { DataTable, type Column } from './DataTable.tsx'
import { Empty } from './Empty.tsx'
import { useNames } from './names.ts'
import { Progress } from './Progress.tsx'
import { RowLink } from './RowLink.tsx'
import { StateBadge } from './StateBadge.tsx'
import { Time } from './Time.tsx'
import { deliveryTitle } from './DeliveryProgress.tsx'

type Delivery = Schemas['Delivery']

export function deliveryColumns(nameOf: (id: string) => string): Column<Delivery>[] {
  return [
    {
      id: 'what',
      header: words.columns.what,
      cell: (each) => (
        <RowLink to="order" id={each.order}>
          {deliveryTitle(each)}
        </RowLink>
      ),
    },
    {
      id: 'device',
      header: words.columns.device,
      cell: (each) => (
        <RowLink to="device" id={each.device}>
          {nameOf(each.device)}
        </RowLink>
      ),
    },
    { id: 'state', header: words.columns.state, cell: (each) => <DeliveryState delivery={each} /> },
    {
      id: 'detail',
      header: words.columns.detail,
      wide: true,
      cell: ({ detail }) => (
        <Text size="sm" lineClamp={2} maw="26rem">
          {detail === '' ? '–' : detail}
        </Text>
      ),
    },
    { id: 'size', header: words.columns.size, wide: true, numeric: true, cell: (each) => bytes(each.bytes) },
    { id: 'changed', header: words.columns.changed, wide: true, cell: (each) => <Time at={each.updatedAt} /> },
  ]
}

/** The state, and how far a device is that works on it. */
function DeliveryState({ delivery: { state, progress } }: { delivery: Delivery }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <StateBadge state={state} />
      {state === 'accepted' && progress.total > 0 && (
        <Progress done={progress.done} total={progress.total} words={progress.stage} />
      )}
    </Group>
  )
}

type DeliveryQuery = Partial<
  Record<'order' | 'device' | 'household' | 'service' | 'since', string> & {
    state: Delivery['state']
    open: 'true' | 'false'
  }
>

interface DeliveryTableProps {
  readonly label: string
  readonly empty: string
  readonly emptyText?: string
  /** Which deliveries. */
  readonly of: DeliveryQuery
  /** Whose they are: their events are heard; absent = everybody’s. */
  readonly household?: string
  readonly cursor: string | undefined
  readonly onPage: (cursor: string | null) => void
}

/** Deliveries, the newest first, with their progress as it happens. */
export function DeliveryTable({ label, empty, emptyText, of, household, cursor, onPage }: DeliveryTableProps) {
  const query = { ...of, sort: 'newest' as const, ...(cursor && { cursor }) }
  const list = usePage(['deliveries', query], async () =>
    answer(await api.GET('/api/v1/deliveries', { params: { query } })),
  )
  useLiveRefresh({ types: ['delivery.*'], household }, ['deliveries'])
  const nameOf = useNames(list.page?.items.map(({ device }) => device) ?? [])
  return (
    <DataTable
      label={label}
      columns={deliveryColumns(nameOf).filter(({ id }) => id !== 'device' || of.device === undefined)}
      {...list}
      rowId={(each) => each.id}
      cursor={cursor}
      onPage={onPage}
      empty={<Empty title={empty} {...(emptyText !== undefined && { text: emptyText })} />}
    />
  )
}
