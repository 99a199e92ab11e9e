import { Autocomplete, NativeSelect, Stack } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { households as words } from '#words/households.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { NameField } from '../../parts/NameField.tsx'
import { useAction } from '../../parts/useAction.tsx'

const zones = Intl.supportedValuesOf('timeZone')

interface HouseholdDialogProps {
  /** Absent = a new one is made. */
  readonly household?: Schemas['Household']
  readonly onClose: () => void
}

/** Makes a household, or changes one. */
export function HouseholdDialog({ household, onClose }: HouseholdDialogProps) {
  const [name, setName] = useState(household?.name ?? '')
  const [kind, setKind] = useState(household?.kind ?? 'household')
  const [timeZone, setTimeZone] = useState(household?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone)
  const navigate = useNavigate()
  const save = useAction({
    run: async () => {
      const body = { name, kind, timeZone }
      if (household === undefined) return answer(await api.POST('/api/v1/households', { body }))
      const path = { id: household.id }
      const { response } = await api.GET('/api/v1/households/{id}', { params: { path } })
      const headers = { 'if-match': response.headers.get('etag') ?? '*' }
      return answer(await api.PATCH('/api/v1/households/{id}', { params: { path }, body, headers }))
    },
    done: (made) => (household === undefined ? words.form.done(made.name) : words.change.done),
    changes: [['households'], ['household'], ['names']],
    onDone: (made) => {
      onClose()
      if (household === undefined) void navigate({ to: '/households/$id', params: { id: made.id } })
    },
  })
  const faults = fieldFaults(save.error)
  return (
    <Confirm
      title={household === undefined ? words.form.title : words.change.title}
      verb={household === undefined ? words.form.verb : words.change.verb}
      isPending={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <NameField label={words.form.name} value={name} fault={faults['/name']} onChange={setName} />
        <NativeSelect
          label={words.form.kind}
          description={words.kindsHint}
          data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
          value={kind}
          error={faults['/kind']}
          onChange={(event) => setKind(event.currentTarget.value as typeof kind)}
        />
        <Autocomplete
          label={words.form.timeZone}
          description={words.form.timeZoneHint}
          required
          limit={20}
          data={zones}
          value={timeZone}
          error={faults['/timeZone']}
          onChange={setTimeZone}
        />
      </Stack>
    </Confirm>
  )
}
