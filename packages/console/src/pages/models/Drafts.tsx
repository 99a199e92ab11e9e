import { Link } from '@tanstack/react-router'
import { models } from '#words/models.ts'
import { usePrincipal } from '../../api/session.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Time } from '../../parts/Time.tsx'
import { type Draft, Drafts as Store, newModel } from './drafts.ts'

interface Row {
  readonly name: string
  readonly draft: Draft
}

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    header: models.columns.model,
    cell: ({ name }) =>
      name === newModel ? (
        <Link className="line-link" to="/models/new">
          {models.write}
        </Link>
      ) : (
        <Link className="line-link" to="/models/$name/edit" params={{ name }}>
          {name}
        </Link>
      ),
  },
  { id: 'base', header: models.drafts.base, cell: ({ draft }) => draft.base },
  { id: 'changed', header: models.drafts.changed, cell: ({ draft }) => <Time at={draft.changedAt} /> },
]

/** What one has written and not published yet, in this browser. */
export function Drafts() {
  const { id } = usePrincipal()
  const items = new Store(id).list()
  return (
    <DataTable
      label={models.tabs.drafts}
      columns={columns}
      page={{ items, next: null }}
      rowId={({ name }) => name}
      empty={<Empty title={models.drafts.none} text={models.drafts.noneText} />}
    />
  )
}
