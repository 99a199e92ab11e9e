import { Checkbox, Stack } from '@mantine/core'
import { settings } from '#words/settings.ts'
import type { Role } from '../api/session.ts'

const roles = ['operator', 'developer', 'sponsor', 'subscriber', 'auditor'] as const

interface RolesFieldProps {
  readonly label?: string
  readonly value: readonly Role[]
  readonly onChange: (roles: Role[]) => void
  readonly error?: string | undefined
  /** Only these can be given. */
  readonly only?: readonly Role[]
}

export function RolesField({ label = settings.roles, value, onChange, error, only = roles }: RolesFieldProps) {
  return (
    <Checkbox.Group
      label={label}
      value={[...value]}
      onChange={(next) => onChange(roles.filter((role) => next.includes(role)))}
      error={error}
    >
      <Stack gap={6} mt={4}>
        {roles
          .filter((role) => only.includes(role))
          .map((role) => (
            <Checkbox key={role} value={role} label={settings.roleNames[role]} />
          ))}
      </Stack>
    </Checkbox.Group>
  )
}
