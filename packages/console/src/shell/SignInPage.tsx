import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { shell } from '#words/shell.ts'
import { Mark } from './Mark.tsx'
import { SignInForm } from './SignInForm.tsx'

/** For whoever is not logged in. */
export function SignInPage() {
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw="24rem">
        <Group gap="xs">
          <Mark />
          <Title order={1}>{shell.signIn.title}</Title>
        </Group>
        <Paper p="lg">
          <SignInForm />
        </Paper>
        <Text size="sm" c="dimmed">
          {shell.signIn.notYet}
        </Text>
      </Stack>
    </Center>
  )
}
