import { Stack, Text } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useState } from 'react'
import { userGroups } from '#words/user-groups.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { EntitiesPicker } from '../../parts/picker/EntitiesPicker.tsx'
import { useAction } from '../../parts/useAction.tsx'

const words = userGroups.page

interface GroupDialogProps {
  readonly group: Schemas['UserGroup']
  readonly onClose: () => void
}

/** What a group gives, in words. */
export function givenBy({ roles }: Schemas['UserGroup']): string {
  return roles.join(', ') || userGroups.noRoles
}

async function changeMembers(id: string, change: { readonly add?: string[]; readonly remove?: string[] }) {
  const body = { add: [], remove: [], ...change }
  return answer(await api.POST('/api/v1/user-groups/{id}/members', { params: { path: { id } }, body }))
}

/** Puts people into a group. */
export function AddMembers({ group, onClose }: GroupDialogProps) {
  const [users, setUsers] = useState<string[]>([])
  const add = useAction({
    run: () => changeMembers(group.id, { add: users }),
    done: () => words.added,
    changes: [['user-groups'], ['user-group', group.id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.addMembers}
      verb={words.addMembers}
      isOff={users.length === 0}
      isPending={add.isPending}
      error={add.error}
      onConfirm={() => add.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <EntitiesPicker of="person" label={words.members} required isFirst value={users} onChange={setUsers} />
        <Text size="sm">{words.addText(givenBy(group))}</Text>
      </Stack>
    </Confirm>
  )
}

/** Takes one person out of a group. */
export function RemoveMember({
  group,
  member: { id, name },
  onClose,
}: GroupDialogProps & { readonly member: { readonly id: string; readonly name: string } }) {
  const remove = useAction({
    run: () => changeMembers(group.id, { remove: [id] }),
    done: () => words.removed(name),
    changes: [['user-groups'], ['user-group', group.id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.removeTitle(name)}
      verb={words.remove}
      isDangerous
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.removeText(givenBy(group))}</Text>
    </Confirm>
  )
}
