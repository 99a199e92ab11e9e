import { Stack, Textarea, TextInput } from '@mantine/core'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { fieldFaults } from '../../../parts/fieldFaults.ts'
import { useAction } from '../../../parts/useAction.tsx'

const words = settings.webhooks

/** Makes a webhook; its secret is told once. */
export function WebhookForm({ onSecret, onClose }: { onSecret: (secret: string) => void; onClose: () => void }) {
  const [name, setName] = useState('')
  const [url, setUrl] = useState('')
  const [types, setTypes] = useState('')
  const [filter, setFilter] = useState('')
  const make = useAction({
    run: async () => {
      const listed = types.split(/[\s,]+/).filter((type) => type !== '')
      const body = {
        url: url.trim(),
        ...(name.trim() !== '' && { name: name.trim() }),
        ...(listed.length > 0 && { types: listed }),
        ...(filter.trim() !== '' && { filter: filter.trim() }),
      }
      return answer(await api.POST('/api/v1/webhooks', { body }))
    },
    done: () => words.made,
    changes: [['webhooks']],
    onDone: ({ secret }) => onSecret(secret),
  })
  const faults = fieldFaults(make.error)
  return (
    <Confirm
      title={words.makeTitle}
      verb={words.verb}
      isOff={url.trim() === ''}
      isPending={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
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
