import { answer } from '@sutler/client'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { userGroups as words } from '#words/user-groups.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { EntitiesPicker } from '../../parts/picker/EntitiesPicker.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { UserGroupFields, type UserGroupDraft } from './UserGroupFields.tsx'

/** Makes a group of people. */
export function NewUserGroup({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<UserGroupDraft>({ name: '', roles: [] })
  const [users, setUsers] = useState<string[]>([])
  const navigate = useNavigate()
  const make = useAction({
    run: async () => answer(await api.POST('/api/v1/user-groups', { body: { ...draft, users } })),
    done: (made) => words.form.done(made.name),
    changes: [['user-groups']],
    onDone: ({ id }) => void navigate({ to: '/user-groups/$id', params: { id } }),
  })
  return (
    <Confirm
      title={words.form.title}
      verb={words.form.verb}
      isOff={draft.name.trim() === ''}
      isPending={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
      onClose={onClose}
    >
      <UserGroupFields draft={draft} onChange={setDraft} error={make.error}>
        <EntitiesPicker of="person" label={words.form.people} value={users} onChange={setUsers} />
      </UserGroupFields>
    </Confirm>
  )
}
