import '@mantine/core/styles/Pill.css'
import '@mantine/core/styles/PillsInput.css'
import { MultiSelect, Stack, Text, Textarea } from '@mantine/core'
import type { Model } from '@sutler/engine'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { instances } from '#words/instances.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { useAction } from '../../../parts/useAction.tsx'
import { jsonObject } from '../../../parts/jsonObject.ts'
import type { InstanceView } from '../useInstance.ts'
import { Reason } from './GoOn.tsx'

const words = instances.actions

/** Puts an instance somewhere by hand; refused when it has stepped since it was read. */
export function RepairInstance(props: { instance: InstanceView; model: Model; onClose: () => void }) {
  const { instance, model, onClose } = props
  // As it was when somebody began: the hub refuses when it has gone on since.
  const [begun] = useState(instance)
  const [reason, setReason] = useState('')
  const [states, setStates] = useState<string[]>([...begun.states])
  const [text, setText] = useState(() => JSON.stringify(begun.data, null, 2))
  const data = jsonObject(text)
  const repair = useAction({
    run: async () => {
      const params = { path: { model: begun.model, id: begun.id } }
      const body = { reason: reason.trim(), states, ...(data !== null && { data }) }
      const headers = { 'If-Match': `"${begun.entries}"` }
      return answer(await api.POST('/api/v1/instances/{model}/{id}/repair', { params, body, headers }))
    },
    done: () => words.repaired,
    changes: [['instances']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.repairTitle}
      verb={words.repairVerb}
      isDangerous
      isOff={reason.trim() === '' || data === null}
      isPending={repair.isPending}
      error={repair.error}
      onConfirm={() => repair.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{words.repairText}</Text>
        <MultiSelect
          label={words.repairStates}
          data={[...model.states]}
          value={states}
          onChange={setStates}
          searchable
        />
        <Textarea
          label={words.repairData}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={data === null ? words.badJson : undefined}
          autosize
          minRows={4}
          maxRows={14}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Reason value={reason} onChange={setReason} />
      </Stack>
    </Confirm>
  )
}
