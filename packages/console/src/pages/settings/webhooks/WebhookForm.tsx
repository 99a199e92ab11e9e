import { Stack, Text, Textarea, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useState } from 'react'
import { webhooks as words } from '#words/webhooks.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { fieldFaults } from '../../../parts/fieldFaults.ts'
import { useAction } from '../../../parts/useAction.tsx'

interface Props {
  /** The one to change, as it was read; absent: a new one. */
  readonly of?: { readonly webhook: Schemas['Webhook']; readonly etag: string }
  /** A new one's secret, told once. */
  readonly onSecret?: (secret: string) => void
  readonly onClose: () => void
}

/** Makes a webhook, or changes what one is told and where. */
export function WebhookForm({ of, onSecret, onClose }: Props) {
  const [name, setName] = useState(of?.webhook.name ?? '')
  const [url, setUrl] = useState(of?.webhook.url ?? '')
  const [types, setTypes] = useState(of?.webhook.types.join('\n') ?? '')
  const [filter, setFilter] = useState(of?.webhook.filter ?? '')
  const save = useAction({
    run: async () => {
      const listed = types.split(/[\s,]+/).filter((type) => type !== '')
      const body = { url: url.trim(), name: name.trim(), types: listed, filter: filter.trim() }
      if (of === undefined) return answer(await api.POST('/api/v1/webhooks', { body }))
      const params = { path: { id: of.webhook.id } }
      const headers = { 'If-Match': of.etag }
      return answer(await api.PATCH('/api/v1/webhooks/{id}', { params, body, headers }))
    },
    done: () => (of === undefined ? words.made : words.changed),
    changes: [['webhooks']],
    onDone: (saved) => (isNew(saved) ? onSecret?.(saved.secret) : onClose()),
  })
  const faults = fieldFaults(save.error)
  return (
    <Confirm
      title={of === undefined ? words.makeTitle : words.changeTitle}
      verb={of === undefined ? words.verb : words.save}
      isOff={url.trim() === ''}
      isPending={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        {of !== undefined && <Text size="sm">{words.changeText}</Text>}
        <TextInput
          label={words.url}
          type="url"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={faults['/url']}
          data-autofocus
        />
        <TextInput
          label={words.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults['/name']}
        />
        <Textarea
          label={words.types}
          description={words.typesHint}
          value={types}
          onChange={(event) => setTypes(event.currentTarget.value)}
          error={faults['/types'] ?? faults['/types/0']}
          autosize
          minRows={2}
        />
        <TextInput
          label={words.filter}
          description={words.filterHint}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          error={faults['/filter']}
        />
      </Stack>
    </Confirm>
  )
}

function isNew(saved: Schemas['Webhook'] | Schemas['NewWebhook']): saved is Schemas['NewWebhook'] {
  return 'secret' in saved
}
