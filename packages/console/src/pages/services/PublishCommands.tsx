import { Paper, Stack, Text, Title } from '@mantine/core'
import { services } from '#words/services.ts'
import { CopyText } from '../../parts/CopyText.tsx'

const text = services.commands

/** How a service gets here: files and keys are a developer’s, so it goes by the command line. */
export function PublishCommands() {
  return (
    <Paper ta="left" component="section" aria-label={text.title}>
      <Title order={3}>{text.title}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {text.text}
      </Text>
      <Stack gap={6} align="flex-start">
        <CopyText text={`${text.login} ${location.origin}`} />
        <CopyText text={text.init} />
        <CopyText text={text.validate} />
        <CopyText text={text.try} />
        <CopyText text={text.publish} />
      </Stack>
    </Paper>
  )
}
