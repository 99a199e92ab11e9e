import { Stack, Text, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useState } from 'react'
import { userGroups as words } from '#words/user-groups.ts'
import { api } from '../../api/client.ts'
import type { Role } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { RolesField } from '../../parts/RolesField.tsx'
import { useAction } from '../../parts/useAction.tsx'

interface ChangeUserGroupProps {
  readonly group: Schemas['UserGroup']
  /** Of what is shown. */
  readonly etag: string
  readonly onClose: () => void
}

/** Renames a group of people, or sets what it gives. */
export function ChangeUserGroup({ group, etag, onClose }: ChangeUserGroupProps) {
  const [name, setName] = useState(group.name)
  const [roles, setRoles] = useState<Role[]>([...group.roles])
  const change = useAction({
    run: async () => {
      const params = { path: { id: group.id } }
      return answer(
        await api.PATCH('/api/v1/user-groups/{id}', { params, body: { name, roles }, headers: { 'if-match': etag } }),
      )
    },
    done: (changed) => words.form.changed(changed.name),
    changes: [['user-groups'], ['user-group', group.id]],
    onDone: onClose,
  })
  const faults = fieldFaults(change.error)
  return (
    <Confirm
      title={words.form.changeTitle(group.name)}
      verb={words.form.changeVerb}
      isOff={name.trim() === ''}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
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
        <RolesField value={roles} onChange={setRoles} label={words.form.roles} error={faults['/roles']} />
        <Text size="sm" c="dimmed">
          {words.form.consequence}
        </Text>
      </Stack>
    </Confirm>
  )
}
