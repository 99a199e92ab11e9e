import { Button, Text, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useState } from 'react'
import { policies } from '#words/policies.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { useAction } from '../../parts/useAction.tsx'

const words = policies.off

export function SwitchOff({ policy: { id, name } }: { policy: Schemas['Policy'] }) {
  const [isAsked, setAsked] = useState(false)
  const [reason, setReason] = useState('')
  const off = useAction({
    run: async () =>
      answer(await api.POST('/api/v1/policies/{id}/off', { params: { path: { id } }, body: { reason } })),
    done: () => words.done(name),
    changes: [['policies']],
    onDone: () => setAsked(false),
  })
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {words.open}
      </Button>
      {isAsked && (
        <Confirm
          title={words.title(name)}
          verb={words.verb}
          isDangerous
          isOff={reason.trim() === ''}
          isPending={off.isPending}
          error={off.error}
          onConfirm={() => off.mutate()}
          onClose={() => setAsked(false)}
        >
          <Text size="sm" mb="sm">
            {words.text}
          </Text>
          <TextInput
            label={words.reason}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            data-autofocus
          />
        </Confirm>
      )}
    </>
  )
}
