import { ActionIcon, Button, Group, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../../api/client.ts'
import type { Role } from '../../../api/session.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { fieldFaults } from '../../../parts/fieldFaults.ts'
import { Fault } from '../../../parts/Fault.tsx'
import { useAction } from '../../../parts/useAction.tsx'
import { TryMapping } from './TryMapping.tsx'

type Provider = Schemas['IdentityProvider']

const words = settings.providers.mapping
const roles = Object.keys(settings.roleNames) as Role[]

/** Which roles a provider's claims give: shown, changed, and tried out before it is saved. */
export function RoleMapping({ provider: { id }, onClose }: { provider: Provider; onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: ['identity-providers', 'one', id],
    // What is edited is what was read: it is not read anew below somebody's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async () => {
      const found = await api.GET('/api/v1/identity-providers/{id}', { params: { path: { id } } })
      return { provider: answer(found), etag: found.response.headers.get('etag') ?? '*' }
    },
  })
  if (error) return <Fault error={error} />
  return data === undefined ? <Skeleton height={1} /> : <Form {...data} onClose={onClose} />
}

interface Row {
  readonly value: string
  readonly role: Role
}

function Form({ provider, etag, onClose }: { provider: Provider; etag: string; onClose: () => void }) {
  const { id, name, roleMapping } = provider
  const [claim, setClaim] = useState(roleMapping?.claim ?? '')
  const [rows, setRows] = useState<readonly Row[]>(
    Object.entries(roleMapping?.roles ?? {}).map(([value, role]) => ({ value, role })),
  )
  const given = Object.fromEntries(rows.filter(({ value }) => value !== '').map(({ value, role }) => [value, role]))
  const mapping = claim.trim() === '' ? null : { claim: claim.trim(), roles: given }
  const save = useAction({
    run: async () => {
      const params = { path: { id } }
      const headers = { 'If-Match': etag }
      return answer(
        await api.PATCH('/api/v1/identity-providers/{id}', { params, headers, body: { roleMapping: mapping } }),
      )
    },
    done: () => settings.providers.changed(name),
    changes: [['identity-providers']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.title(name)}
      verb={words.save}
      isPending={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{words.text}</Text>
        <TextInput
          label={words.claim}
          description={words.claimHint}
          value={claim}
          onChange={(event) => setClaim(event.currentTarget.value)}
          error={fieldFaults(save.error)['/roleMapping/claim']}
          data-autofocus
        />
        <Rows rows={rows} onChange={setRows} />
        {mapping !== null && <TryMapping mapping={mapping} />}
      </Stack>
    </Confirm>
  )
}

function Rows({ rows, onChange }: { rows: readonly Row[]; onChange: (rows: readonly Row[]) => void }) {
  const change = (at: number, part: Partial<Row>): void => onChange(rows.with(at, { ...rows[at]!, ...part }))
  return (
    <>
      {rows.map(({ value, role }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row is its place: its value is being typed
        <Group key={at} gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            style={{ flex: 1 }}
            label={words.value(at + 1)}
            value={value}
            onChange={(event) => change(at, { value: event.currentTarget.value })}
          />
          <NativeSelect
            label={words.role(at + 1)}
            data={roles}
            value={role}
            onChange={(event) => change(at, { role: event.currentTarget.value as Role })}
          />
          <ActionIcon
            size="lg"
            variant="default"
            aria-label={words.remove(at + 1)}
            onClick={() => onChange(rows.toSpliced(at, 1))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...rows, { value: '', role: 'subscriber' }])}
        >
          {words.add}
        </Button>
      </Group>
    </>
  )
}
