import { Button, Fieldset, Group, Stack, Text, Textarea } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../../api/client.ts'
import { Fault } from '../../../parts/Fault.tsx'
import { jsonObject } from '../../../parts/jsonObject.ts'

const words = settings.providers.mapping

/** Asks the hub which roles somebody with these claims would have, by the mapping as it stands in the form. */
export function TryMapping({ mapping }: { mapping: Schemas['RoleMappingTrial']['roleMapping'] }) {
  const [text, setText] = useState('')
  const claims = jsonObject(text)
  const run = useMutation({
    mutationFn: async () => {
      const body = { roleMapping: mapping, claims: claims ?? {} }
      return answer(await api.POST('/api/v1/identity-providers/try', { body }))
    },
  })
  return (
    <Fieldset legend={words.tryTitle}>
      <Stack gap="xs">
        <Textarea
          label={words.claims}
          description={words.claimsHint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={claims === null ? words.badJson : undefined}
          autosize
          minRows={2}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Group>
          <Button size="xs" variant="default" disabled={claims === null} onClick={() => run.mutate()}>
            {words.try}
          </Button>
          <Text size="sm" role="status">
            {run.data && words.gives(run.data.roles)}
          </Text>
        </Group>
        <Fault error={run.error} />
      </Stack>
    </Fieldset>
  )
}
