import { Alert, Button, List, Text } from '@mantine/core'
import { ApiError } from '@sutler/client'
import { common } from '#words/common.ts'

/** What went wrong, to what, and what to do: a refusal of the hub in its own words. */
export function Fault({ error, retry }: { error: unknown; retry?: () => void }) {
  if (error === null || error === undefined) return null
  const problem = error instanceof ApiError ? error : null
  return (
    <Alert color="red" title={problem?.title ?? common.wrong} role="alert">
      <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
      {problem !== null && problem.places.length > 0 && (
        <List size="sm">
          {problem.places.map(({ pointer, detail }) => (
            <List.Item key={`${pointer} ${detail}`}>
              <code>{pointer}</code> {detail}
            </List.Item>
          ))}
        </List>
      )}
      {problem !== null && problem.remedy !== '' && (
        <Text size="sm" mt={4}>
          {problem.remedy}
        </Text>
      )}
      {retry && (
        <Button size="xs" variant="default" mt="xs" onClick={retry}>
          {common.retry}
        </Button>
      )}
    </Alert>
  )
}
