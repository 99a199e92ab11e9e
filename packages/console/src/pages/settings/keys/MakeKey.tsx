import { NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { answer } from '@sutler/client'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../../api/client.ts'
import { type Role, usePrincipal } from '../../../api/session.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { fieldFaults } from '../../../parts/fieldFaults.ts'
import { RolesField } from '../../../parts/RolesField.tsx'
import { useAction } from '../../../parts/useAction.tsx'

const words = settings.keys

type ApiAction = `${string}.${string}`

const day = 86_400

interface MakeKeyProps {
  readonly title: string
  readonly nameHint: string
  /** What the key can do at most, whatever its roles: then those are the maker's own. Absent = all that the chosen roles can. */
  readonly only?: { readonly actions: readonly ApiAction[]; readonly days: number; readonly consequence: string }
  readonly onKey: (key: string) => void
  readonly onClose: () => void
}

/** Makes an API key; `onKey` gets it this once. */
export function MakeKey({ title, nameHint, only, onKey, onClose }: MakeKeyProps) {
  const { roles: own } = usePrincipal()
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<Role[]>([...own])
  const [days, setDays] = useState<number | string>(only?.days ?? 90)
  const make = useAction({
    run: async () => {
      const actions = only === undefined ? null : [...only.actions]
      const body = { name: name.trim(), roles, actions, expiresInSeconds: Number(days) * day }
      return answer(await api.POST('/api/v1/api-keys', { body }))
    },
    done: (made) => words.made(made.name),
    changes: [['api-keys']],
    onDone: ({ key }) => onKey(key),
  })
  const faults = fieldFaults(make.error)
  return (
    <Confirm
      title={title}
      verb={words.verb}
      isOff={name.trim() === '' || roles.length === 0 || Number(days) <= 0}
      isPending={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <TextInput
          label={words.name}
          description={nameHint}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults['/name']}
          data-autofocus
        />
        {only === undefined && <RolesField value={roles} onChange={setRoles} only={own} error={faults['/roles']} />}
        <NumberInput
          label={words.days}
          value={days}
          onChange={setDays}
          min={1}
          max={366}
          allowDecimal={false}
          error={faults['/expiresInSeconds']}
        />
        {only !== undefined && <Text size="sm">{only.consequence}</Text>}
      </Stack>
    </Confirm>
  )
}
