import { Badge, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { entities } from '#words/entities.ts'

/** Tags and attributes, for a list of facts. */
export function labelFacts(of: {
  readonly tags: readonly string[]
  readonly attributes: Readonly<Record<string, string | number | boolean>>
}): (readonly [string, ReactNode])[] {
  const { yes, no } = entities.labels
  return [
    [
      entities.labels.tags,
      of.tags.length > 0 && (
        <Group key="tags" gap={4}>
          {of.tags.map((tag) => (
            <Badge key={tag} color="gray" variant="outline">
              {tag}
            </Badge>
          ))}
        </Group>
      ),
    ],
    ...Object.entries(of.attributes).map(
      ([name, value]) => [name, typeof value === 'boolean' ? (value ? yes : no) : String(value)] as const,
    ),
  ]
}
