import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { userGroups as words } from '#words/user-groups.ts'
import type { Role } from '../../api/session.ts'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { NameField } from '../../parts/NameField.tsx'
import { RolesField } from '../../parts/RolesField.tsx'

/** What a group of people is called and gives, whether it is made or changed. */
export interface UserGroupDraft {
  readonly name: string
  readonly roles: Role[]
}

interface UserGroupFieldsProps {
  readonly draft: UserGroupDraft
  readonly onChange: (draft: UserGroupDraft) => void
  /** Of the hub, which refused it. */
  readonly error: Error | null
  /** Between name and roles. */
  readonly children?: ReactNode
}

export function UserGroupFields({ draft, onChange, error, children }: UserGroupFieldsProps) {
  const faults = fieldFaults(error)
  return (
    <Stack gap="sm">
      <NameField
        label={words.form.name}
        value={draft.name}
        fault={faults['/name']}
        onChange={(name) => onChange({ ...draft, name })}
      />
      {children}
      <RolesField
        value={draft.roles}
        onChange={(roles) => onChange({ ...draft, roles })}
        label={words.form.roles}
        error={faults['/roles']}
      />
      <Text size="sm" c="dimmed">
        {words.form.consequence}
      </Text>
    </Stack>
  )
}
