import { Text, Title } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { holdings as words } from '#words/personal.ts'
import { DataTable, type Column } from '../DataTable.tsx'

type Holding = Schemas['Erasure']['stays'][number]

const columns: readonly Column<Holding>[] = [
  { id: 'what', header: words.what, cell: ({ what }) => what },
  { id: 'count', header: words.count, numeric: true, cell: ({ count }) => count.toLocaleString('en') },
  { id: 'because', header: words.because, cell: ({ because }) => because ?? '' },
]

interface HoldingsProps {
  readonly title: string
  readonly of: readonly Holding[]
  /** In place of the table when there is nothing. */
  readonly none: string
}

/** What becomes of something, by how much of it there is and why. */
export function Holdings({ title, of, none }: HoldingsProps) {
  const isReasoned = of.some(({ because }) => because !== undefined)
  return (
    <section>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <DataTable
        label={title}
        columns={isReasoned ? columns : columns.slice(0, 2)}
        page={{ items: of, next: null }}
        rowId={({ what }) => what}
        empty={<Text c="dimmed">{none}</Text>}
      />
    </section>
  )
}
