import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** In place of what is not there: why, and as children what to do next. */
export function Empty({
  title,
  text,
  order = 2,
  children,
}: {
  title: string
  text?: string
  /** 1 where there is nothing else on the page. */
  order?: 1 | 2
  children?: ReactNode
}) {
  return (
    <Stack align="center" gap="xs" py="xl" ta="center">
      <Title order={order}>{title}</Title>
      {text !== undefined && (
        <Text c="dimmed" maw="34rem">
          {text}
        </Text>
      )}
      {children}
    </Stack>
  )
}
