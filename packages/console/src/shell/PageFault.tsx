import { Button, Stack, Title } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { shell } from '#words/shell.ts'
import { Fault } from '../parts/Fault.tsx'

/** In place of a page that broke. */
export function PageFault({ error }: ErrorComponentProps) {
  return (
    <Stack align="flex-start">
      <Title order={1}>{shell.failed.title}</Title>
      <Fault error={error} />
      <Button variant="default" onClick={() => location.reload()}>
        {shell.failed.reload}
      </Button>
    </Stack>
  )
}
