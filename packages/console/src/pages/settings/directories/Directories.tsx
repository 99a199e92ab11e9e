import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer } from '@sutler/client'
import { getRouteApi, Link } from '@tanstack/react-router'
import { directories as words } from '#words/directories.ts'
import { api } from '../../../api/client.ts'
import { useLiveRefresh } from '../../../api/live.ts'
import { hasRole, usePrincipal } from '../../../api/session.ts'
import { type Column, DataTable } from '../../../parts/DataTable.tsx'
import { Empty } from '../../../parts/Empty.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { useDialog } from '../../../parts/useDialog.tsx'
import { usePage } from '../../../parts/usePage.ts'
import { Frame } from '../Frame.tsx'
import { AddDirectory } from './DirectoryDialogs.tsx'
import type { Directory } from './draft.ts'

const route = getRouteApi('/settings/directories')

const columns: readonly Column<Directory>[] = [
  {
    id: 'name',
    header: words.columns.name,
    cell: ({ id, name }) => (
      <Link className="line-link" to="/settings/directories/$id" params={{ id }}>
        {name}
      </Link>
    ),
  },
  { id: 'kind', header: words.columns.kind, cell: ({ kind }) => words.kinds[kind] },
  { id: 'url', header: words.columns.url, wide: true, cell: ({ url }) => url },
  {
    id: 'state',
    header: words.columns.state,
    cell: ({ disabled }) => <StateBadge state={disabled ? 'disabled' : 'active'} />,
  },
]

/** Where people outside are looked up. */
export function Directories() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'add'>()
  const list = usePage(['directories', cursor], async () =>
    answer(await api.GET('/api/v1/directories', { params: { query: { ...(cursor && { cursor }) } } })),
  )
  useLiveRefresh({ types: ['directory.*'] }, ['directories'])
  return (
    <Frame
      title={words.title}
      text={words.text}
      actions={
        isOperator && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => dialog.open('add')}>
            {words.add}
          </Button>
        )
      }
    >
      <DataTable
        label={words.title}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        empty={<Empty title={words.none.title} text={words.none.text} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
      />
      {dialog.when('add', () => (
        <AddDirectory onClose={dialog.close} />
      ))}
    </Frame>
  )
}
