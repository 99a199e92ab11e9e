import { Code, Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { entities } from '#words/entities.ts'
import { api } from '../../api/client.ts'
import { DataTable, type Column } from '../DataTable.tsx'
import { Empty } from '../Empty.tsx'
import { Time } from '../Time.tsx'
import { usePage } from '../usePage.ts'
import type { EntityProps } from './entity.ts'

const words = entities.history
type Entry = Schemas['EntityHistoryEntry']

const columns: readonly Column<Entry>[] = [
  { id: 'at', header: words.at, cell: (each) => <Time at={each.at} /> },
  { id: 'what', header: words.what, cell: (each) => <Changes of={each.changes} /> },
  { id: 'owner', header: words.owner, wide: true, cell: (each) => words.owners[each.owner] ?? each.owner },
  { id: 'by', header: words.by, wide: true, cell: ({ by }) => (by === null ? '–' : (by.name ?? by.id)) },
]

function Changes({ of }: { of: Entry['changes'] }) {
  return (
    <Stack gap={2}>
      {of.map(({ name, before, after }) => (
        <Text key={name} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {name}: <Code>{shown(before)}</Code> → <Code>{shown(after)}</Code>
        </Text>
      ))}
    </Stack>
  )
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

interface EntityHistoryProps extends EntityProps {
  readonly cursor: string | undefined
  readonly onPage: (cursor: string | null) => void
}

/** Which of its attributes changed, when, by whom, and from what to what. */
export function EntityHistory({ of, id, cursor, onPage }: EntityHistoryProps) {
  const list = usePage([of, id, 'history', cursor], async () => {
    const params = { path: { id }, query: { ...(cursor && { cursor }) } }
    return answer(await api.GET(`/api/v1/${of}/{id}/history`, { params }))
  })
  return (
    <DataTable
      label={words.label}
      columns={columns}
      {...list}
      rowId={(each) => `${each.at} ${each.changes.map(({ name }) => name).join()}`}
      cursor={cursor}
      onPage={onPage}
      empty={<Empty title={words.none} />}
    />
  )
}
