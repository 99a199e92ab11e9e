import { Select, Stack, Text, Textarea } from '@mantine/core'
import type { Model } from '@sutler/engine'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { instances } from '#words/instances.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { jsonObject } from '../../../parts/jsonObject.ts'
import { exampleArguments, signalsOf } from '../../../parts/signals.ts'
import { useAction } from '../../../parts/useAction.tsx'
import type { InstanceView } from '../useInstance.ts'

const words = instances.actions

/** Sends a signal by hand. The same dialog sends it once, however often it is pressed: the signal keeps its id. */
export function SignalInstance(props: { instance: InstanceView; model: Model; onClose: () => void }) {
  const { instance, model, onClose } = props
  const [signalId] = useState(() => `console-${crypto.randomUUID()}`)
  const { now, others } = signalsOf(model, instance.states)
  const [picked, setPicked] = useState<string | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const type = picked ?? now[0] ?? others[0] ?? ''
  const text = typed ?? exampleArguments(model, type)
  const args = jsonObject(text)
  const send = useAction({
    run: async () => {
      const params = { path: { model: instance.model, id: instance.id } }
      const body = { type, id: signalId, args: args ?? {} }
      return answer(await api.POST('/api/v1/instances/{model}/{id}/signals', { params, body }))
    },
    done: ({ outcome, reason, states }) =>
      words.sent(type, reason === undefined ? outcome : `${outcome} (${reason})`, states.join(', ')),
    changes: [['instances']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.signalTitle(instance.id)}
      verb={words.send}
      isOff={args === null || type === ''}
      isPending={send.isPending}
      error={send.error}
      onConfirm={() => send.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{words.signalText}</Text>
        <Select
          label={words.signalName}
          data={[
            { group: words.canFire, items: now },
            { group: words.others, items: others },
          ].filter(({ items }) => items.length > 0)}
          value={type}
          onChange={(next) => {
            setPicked(next)
            setTyped(null)
          }}
          allowDeselect={false}
          searchable
          data-autofocus
        />
        <Textarea
          label={words.args}
          value={text}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={args === null ? words.badJson : undefined}
          autosize
          minRows={2}
          maxRows={12}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
      </Stack>
    </Confirm>
  )
}
