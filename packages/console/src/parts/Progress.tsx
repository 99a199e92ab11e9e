import '@mantine/core/styles/Progress.css'
import { Group, Progress as Bar, Text } from '@mantine/core'

/** How far something has come: `done` of `total`, with what it is doing in words. */
export function Progress({ done, total, words }: { done: number; total: number; words: string }) {
  const percent = total > 0 ? Math.min(100, Math.round((100 * done) / total)) : 0
  return (
    <Group gap="xs" wrap="nowrap" miw={120}>
      <Bar value={percent} size="sm" w={72} aria-label={words} />
      <Text size="xs" c="dimmed" className="figures" style={{ whiteSpace: 'nowrap' }}>
        {percent} % {words}
      </Text>
    </Group>
  )
}
