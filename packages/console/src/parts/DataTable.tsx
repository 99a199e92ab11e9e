import { Button, Group, Skeleton, Table, Text, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { tableFeatures, useTable, type ColumnDef } from '@tanstack/react-table'
import { useMemo, type ReactNode } from 'react'
import { common } from '#words/common.ts'
import { Fault } from './Fault.tsx'
import { Lines } from './Lines.tsx'

const features = tableFeatures({})

export interface Column<Row> {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** Left out on a phone. */
  readonly wide?: boolean
  /** Figures, to the right. */
  readonly numeric?: boolean
  /** The hub’s name of the order by it; absent = it cannot be sorted by. */
  readonly sort?: string
}

export interface Page<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
}

interface DataTableProps<Row> {
  /** What the table lists, for those who do not see it. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly page: Page<Row> | undefined
  readonly error?: Error | null
  readonly retry?: () => void
  readonly rowId: (row: Row) => string
  /** In place of the table when there is no row. */
  readonly empty: ReactNode
  /** The page shown now, as the address has it; undefined = the first. */
  readonly cursor?: string | undefined
  /** Goes to another page: null = the first. */
  readonly onPage?: (cursor: string | null) => void
  /** As the address has it: a column's `meta.sort`, with `-` before it for descending. */
  readonly sort?: string | undefined
  readonly onSort?: (sort: string) => void
}

/** A list of the hub, paged (and sorted, where it can be) by the hub. Browsers’ Back is the page before. */
export function DataTable<Row extends object>({ columns, page, error, retry, rowId, ...props }: DataTableProps<Row>) {
  const byId = new Map(columns.map((column) => [column.id, column]))
  const definitions = useMemo(
    () =>
      columns.map(({ id, header, cell }): ColumnDef<typeof features, Row> => ({
        id,
        header,
        cell: ({ row }) => cell(row.original),
      })),
    [columns],
  )
  const data = useMemo(() => [...(page?.items ?? [])], [page])
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowId,
  })
  if (error) return <Fault error={error} {...(retry && { retry })} />
  if (page !== undefined && page.items.length === 0 && props.cursor === undefined) return props.empty
  return (
    <>
      <Lines label={props.label}>
        <Table aria-label={props.label} aria-busy={page === undefined}>
          <Table.Thead>
            {table.getHeaderGroups().map((group) => (
              <Table.Tr key={group.id}>
                {group.headers.map((header) => (
                  <HeaderCell
                    key={header.id}
                    column={byId.get(header.column.id)}
                    sort={props.sort}
                    onSort={props.onSort}
                  >
                    <table.FlexRender header={header} />
                  </HeaderCell>
                ))}
              </Table.Tr>
            ))}
          </Table.Thead>
          <Table.Tbody>
            {page === undefined
              ? ['a', 'b', 'c', 'd', 'e'].map((row) => (
                  <Table.Tr key={row}>
                    {columns.map(({ id, wide }) => (
                      <Table.Td key={id} className={wide ? 'wide' : undefined}>
                        <Skeleton height={14} my={4} />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))
              : table.getRowModel().rows.map((row) => (
                  <Table.Tr key={row.id}>
                    {row.getAllCells().map((cell) => {
                      const column = byId.get(cell.column.id)
                      return (
                        <Table.Td
                          key={cell.id}
                          className={column?.wide ? 'wide' : undefined}
                          ta={column?.numeric ? 'right' : undefined}
                        >
                          <table.FlexRender cell={cell} />
                        </Table.Td>
                      )
                    })}
                  </Table.Tr>
                ))}
          </Table.Tbody>
        </Table>
      </Lines>
      <Pager page={page} cursor={props.cursor} onPage={props.onPage} />
    </>
  )
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
  children,
}: {
  column: Column<Row> | undefined
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
  children: ReactNode
}) {
  const field = column?.sort
  const className = column?.wide ? 'wide' : undefined
  const align = column?.numeric ? 'right' : undefined
  if (field === undefined || onSort === undefined)
    return (
      <Table.Th className={className} ta={align}>
        {children}
      </Table.Th>
    )
  const direction = sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : 'none'
  return (
    <Table.Th className={className} ta={align} aria-sort={direction}>
      <UnstyledButton fz="sm" fw={650} onClick={() => onSort(direction === 'ascending' ? `-${field}` : field)}>
        <Group gap={4} wrap="nowrap" justify={align === 'right' ? 'flex-end' : 'flex-start'}>
          {children}
          {direction === 'ascending' && <IconArrowUp size={14} aria-hidden />}
          {direction === 'descending' && <IconArrowDown size={14} aria-hidden />}
        </Group>
      </UnstyledButton>
    </Table.Th>
  )
}

function Pager({
  page,
  cursor,
  onPage,
}: {
  page: Page<unknown> | undefined
  cursor: string | undefined
  onPage: ((cursor: string | null) => void) | undefined
}) {
  if (page === undefined) return null
  const hasMore = page.next !== null
  return (
    <Group justify="space-between" mt="sm">
      <Text size="sm" c="dimmed">
        {common.rows(page.items.length, hasMore)}
      </Text>
      {onPage && (hasMore || cursor !== undefined) && (
        <Group gap="xs" component="nav" aria-label={common.pages}>
          <Button size="xs" variant="default" disabled={cursor === undefined} onClick={() => onPage(null)}>
            {common.first}
          </Button>
          <Button size="xs" variant="default" disabled={!hasMore} onClick={() => onPage(page.next)}>
            {common.next}
          </Button>
        </Group>
      )}
    </Group>
  )
}
