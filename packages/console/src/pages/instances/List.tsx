import { Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface ListProps<Item> {
  readonly title: string
  readonly items: readonly Item[]
  readonly children: (item: Item) => ReactNode
}

/** A part of an instance that has several; nothing of it, nothing shown. */
export function List<Item>({ title, items, children }: ListProps<Item>) {
  if (items.length === 0) return null
  return (
    <section>
      <Title order={2}>{title}</Title>
      <ul>{items.map(children)}</ul>
    </section>
  )
}
