import { Text, TextInput } from '@mantine/core'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { instances } from '#words/instances.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { useAction } from '../../../parts/useAction.tsx'
import type { InstanceView } from '../useInstance.ts'

const words = instances.actions

interface GoOnProps {
  readonly instance: InstanceView
  readonly how: 'retry' | 'skip'
  readonly onClose: () => void
}

/** Takes the flag off an instance: what failed is tried again, or left. */
export function GoOn({ instance: { model, id }, how, onClose }: GoOnProps) {
  const [reason, setReason] = useState('')
  const path = how === 'retry' ? '/api/v1/instances/{model}/{id}/retry' : '/api/v1/instances/{model}/{id}/skip'
  const goOn = useAction({
    run: async () => answer(await api.POST(path, { params: { path: { model, id } }, body: { reason: reason.trim() } })),
    done: () => (how === 'retry' ? words.retried : words.skipped),
    changes: [['instances']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={how === 'retry' ? words.retryTitle : words.skipTitle}
      verb={how === 'retry' ? words.retryVerb : words.skipVerb}
      isOff={reason.trim() === ''}
      isPending={goOn.isPending}
      error={goOn.error}
      onConfirm={() => goOn.mutate()}
      onClose={onClose}
    >
      <Text size="sm" mb="sm">
        {how === 'retry' ? words.retryText : words.skipText}
      </Text>
      <Reason value={reason} onChange={setReason} />
    </Confirm>
  )
}

/** Why somebody does it. */
export function Reason({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      label={words.reason}
      value={value}
      maxLength={500}
      onChange={(event) => onChange(event.currentTarget.value)}
      required
      data-autofocus
    />
  )
}
