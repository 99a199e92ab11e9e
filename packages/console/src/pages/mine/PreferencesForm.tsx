import { Button, Checkbox, Group, NumberInput, Paper, Select, Stack, TextInput } from '@mantine/core'
import { answer, ApiError } from '@sutler/client'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { common } from '#words/common.ts'
import { mine } from '#words/mine.ts'
import { api } from '../../api/client.ts'
import { Fault } from '../../parts/Fault.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { useAction } from '../../parts/useAction.tsx'
import { documentOf, draftOf, type PreferencesDocument, type PreferencesDraft } from './preferences-draft.ts'

const text = mine.preferences

interface PreferencesFormProps {
  readonly household: string
  readonly stored: PreferencesDocument
  readonly etag: string
}

export function PreferencesForm({ household, stored, etag }: PreferencesFormProps) {
  const [draft, setDraft] = useState(() => draftOf(stored))
  const client = useQueryClient()
  const change = (part: Partial<PreferencesDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const save = useAction({
    run: async () => {
      const params = { path: { kind: 'household', id: household } } as const
      const saved = await api.PUT('/api/v1/preferences/{kind}/{id}', {
        params,
        body: documentOf(draft, stored),
        headers: { 'if-match': etag },
      })
      return { document: answer(saved).preferences, etag: saved.response.headers.get('etag') ?? '*' }
    },
    done: () => text.saved,
    changes: [['preferences', household, 'effective']],
    onDone: (saved) => client.setQueryData(['preferences', household], saved),
  })
  const faults = fieldFaults(save.error)
  const isOutdated = save.error instanceof ApiError && save.error.status === 412
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  // What somebody else wrote is read; what was typed here stays in the form.
  const again = (): void =>
    void client.invalidateQueries({ queryKey: ['preferences', household] }).then(() => save.reset())
  const timed = { w: '9rem', type: 'time', disabled: !draft.quiet }
  return (
    <Paper component="form" onSubmit={submit} aria-label={text.title}>
      <Stack>
        <Checkbox
          label={text.quietOn}
          description={text.quietText}
          checked={draft.quiet}
          onChange={(event) => change({ quiet: event.currentTarget.checked })}
        />
        <Group align="flex-start">
          <TextInput
            {...timed}
            label={text.from}
            value={draft.from}
            error={faults['/quietHours/from'] ?? faults['/quietHours']}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <TextInput
            {...timed}
            label={text.to}
            value={draft.to}
            error={faults['/quietHours/to']}
            onChange={(event) => change({ to: event.currentTarget.value })}
          />
        </Group>
        <Choice
          label={text.autoUpdate}
          choices={text.autoChoices}
          value={draft.autoUpdate}
          onChange={(autoUpdate) => change({ autoUpdate })}
        />
        <Choice
          label={text.metered}
          choices={text.meteredChoices}
          value={draft.metered === 'as-written' ? 'usual' : draft.metered}
          onChange={(metered) => change({ metered })}
        />
        <Choice
          label={text.channel}
          choices={text.channelChoices}
          value={draft.channel}
          onChange={(channel) => change({ channel })}
        />
        <Checkbox
          label={text.parentalOn}
          description={text.parentalText}
          checked={draft.limited}
          onChange={(event) => change({ limited: event.currentTarget.checked })}
        />
        <NumberInput
          w="9rem"
          label={text.age}
          min={0}
          max={18}
          allowDecimal={false}
          disabled={!draft.limited}
          value={draft.age}
          error={faults['/parental/maximumRating']}
          onChange={(age) => change({ age: Number(age) })}
        />
        <Fault error={save.error} {...(isOutdated && { retry: again })} />
        <Group>
          <Button type="submit" loading={save.isPending}>
            {common.save}
          </Button>
        </Group>
      </Stack>
    </Paper>
  )
}

function Choice<Value extends string>({
  label,
  choices,
  value,
  onChange,
}: {
  label: string
  choices: Readonly<Record<Value, string>>
  value: Value
  onChange: (value: Value) => void
}) {
  const data = Object.entries<string>(choices).map(([name, shown]) => ({ value: name, label: shown }))
  return (
    <Select
      label={label}
      data={data}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => onChange((chosen ?? value) as Value)}
    />
  )
}
