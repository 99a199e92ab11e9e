import { Stack, Text, TextInput } from '@mantine/core'
import { answer } from '@sutler/client'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { userGroups as words } from '#words/user-groups.ts'
import { api } from '../../api/client.ts'
import type { Role } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { EntitiesPicker } from '../../parts/picker/EntitiesPicker.tsx'
import { RolesField } from '../../parts/RolesField.tsx'
import { useAction } from '../../parts/useAction.tsx'

/** Makes a group of people. */
export function NewUserGroup({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<Role[]>([])
  const [users, setUsers] = useState<string[]>([])
  const navigate = useNavigate()
  const make = useAction({
    run: async () => answer(await api.POST('/api/v1/user-groups', { body: { name, roles, users } })),
    done: (made) => words.form.done(made.name),
    changes: [['user-groups']],
    onDone: ({ id }) => void navigate({ to: '/user-groups/$id', params: { id } }),
  })
  const faults = fieldFaults(make.error)
  return (
    <Confirm
      title={words.form.title}
      verb={words.form.verb}
      isOff={name.trim() === ''}
      isPending={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <TextInput
          label={words.form.name}
          required
          data-autofocus
          value={name}
          error={faults['/name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <EntitiesPicker of="person" label={words.form.people} value={users} onChange={setUsers} />
        <RolesField value={roles} onChange={setRoles} label={words.form.roles} error={faults['/roles']} />
        <Text size="sm" c="dimmed">
          {words.form.consequence}
        </Text>
      </Stack>
    </Confirm>
  )
}
