import { Stack, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { people as words } from '#words/households.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { NameField } from '../../parts/NameField.tsx'
import { EntitiesPicker } from '../../parts/picker/EntitiesPicker.tsx'
import { useAction } from '../../parts/useAction.tsx'

interface PersonDialogProps {
  /** Absent = a new one is made. */
  readonly person?: Schemas['User']
  readonly onClose: () => void
}

/** Makes a person, or changes one. */
export function PersonDialog({ person, onClose }: PersonDialogProps) {
  const [name, setName] = useState(person?.name ?? '')
  const [email, setEmail] = useState(person?.email ?? '')
  const [households, setHouseholds] = useState<readonly string[]>(person?.households ?? [])
  const navigate = useNavigate()
  const save = useAction({
    run: async () => {
      const body = { name, email: email === '' ? null : email, households: [...households] }
      if (person === undefined) return answer(await api.POST('/api/v1/users', { body }))
      const path = { id: person.id }
      const { response } = await api.GET('/api/v1/users/{id}', { params: { path } })
      const headers = { 'if-match': response.headers.get('etag') ?? '*' }
      return answer(await api.PATCH('/api/v1/users/{id}', { params: { path }, body, headers }))
    },
    done: (made) => (person === undefined ? words.form.done(made.name) : words.changeDialog.done),
    changes: [['people'], ['person'], ['names'], ['household']],
    onDone: (made) => {
      onClose()
      if (person === undefined) void navigate({ to: '/people/$id', params: { id: made.id } })
    },
  })
  const faults = fieldFaults(save.error)
  return (
    <Confirm
      title={person === undefined ? words.form.title : words.changeDialog.title}
      verb={person === undefined ? words.form.verb : words.changeDialog.verb}
      isPending={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <NameField label={words.form.name} value={name} fault={faults['/name']} onChange={setName} />
        <TextInput
          label={words.form.email}
          type="email"
          value={email}
          error={faults['/email']}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <EntitiesPicker
          of="household"
          label={words.form.households}
          value={households}
          error={Object.entries(faults).find(([at]) => at.startsWith('/households'))?.[1]}
          onChange={setHouseholds}
        />
      </Stack>
    </Confirm>
  )
}
