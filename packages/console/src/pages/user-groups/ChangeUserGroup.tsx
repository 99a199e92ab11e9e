import { answer, type Schemas } from '@sutler/client'
import { useState } from 'react'
import { userGroups as words } from '#words/user-groups.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { UserGroupFields, type UserGroupDraft } from './UserGroupFields.tsx'

interface ChangeUserGroupProps {
  readonly group: Schemas['UserGroup']
  /** Of what is shown. */
  readonly etag: string
  readonly onClose: () => void
}

/** Renames a group of people, or sets what it gives. */
export function ChangeUserGroup({ group, etag, onClose }: ChangeUserGroupProps) {
  const [draft, setDraft] = useState<UserGroupDraft>({ name: group.name, roles: [...group.roles] })
  const change = useAction({
    run: async () => {
      const params = { path: { id: group.id } }
      return answer(
        await api.PATCH('/api/v1/user-groups/{id}', { params, body: { ...draft }, headers: { 'if-match': etag } }),
      )
    },
    done: (changed) => words.form.changed(changed.name),
    changes: [['user-groups'], ['user-group', group.id]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.form.changeTitle(group.name)}
      verb={words.form.changeVerb}
      isOff={draft.name.trim() === ''}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
      onClose={onClose}
    >
      <UserGroupFields draft={draft} onChange={setDraft} error={change.error} />
    </Confirm>
  )
}
