import { Code, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { groups } from '#words/groups.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { NameField } from '../../parts/NameField.tsx'
import { useAction } from '../../parts/useAction.tsx'

const words = groups.form

interface GroupDialogProps {
  /** Absent = a new one is made. */
  readonly group?: Schemas['DeviceGroup']
  readonly onClose: () => void
}

/** Makes a group, or changes one; says how many devices a filter matches while it is typed. */
export function GroupDialog({ group, onClose }: GroupDialogProps) {
  const [name, setName] = useState(group?.name ?? '')
  const [kind, setKind] = useState<'static' | 'live'>(group?.kind ?? 'live')
  const [filter, setFilter] = useState(group?.filter ?? '')
  const navigate = useNavigate()
  const save = useAction({
    run: async () => {
      if (group !== undefined) return change(group, name, filter)
      const body = { name, ...(kind === 'live' ? { filter } : { devices: [] }) }
      return answer(await api.POST('/api/v1/groups', { body }))
    },
    done: (made) => (group === undefined ? words.done(made.name) : groups.page.changed),
    changes: [['groups'], ['group'], ['names']],
    onDone: (made) => {
      onClose()
      if (group === undefined) void navigate({ to: '/groups/$id', params: { id: made.id } })
    },
  })
  const faults = fieldFaults(save.error)
  return (
    <Confirm
      title={group === undefined ? words.title : groups.page.change}
      verb={group === undefined ? words.verb : groups.page.change}
      isPending={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <NameField label={words.name} value={name} fault={faults['/name']} onChange={setName} />
        {group === undefined && (
          <Radio.Group label={words.kind} value={kind} onChange={(next) => setKind(next as typeof kind)}>
            <Stack gap={6} mt={4}>
              <Radio value="live" label={words.kinds.live} />
              <Radio value="static" label={words.kinds.static} />
            </Stack>
          </Radio.Group>
        )}
        {kind === 'live' && <FilterField value={filter} fault={faults['/filter']} onChange={setFilter} />}
      </Stack>
    </Confirm>
  )
}

async function change({ id, kind }: Schemas['DeviceGroup'], name: string, filter: string) {
  const params = { path: { id } }
  const { response } = await api.GET('/api/v1/groups/{id}', { params })
  const headers = { 'if-match': response.headers.get('etag') ?? '*' }
  const body = { name, ...(kind === 'live' && { filter }) }
  return answer(await api.PATCH('/api/v1/groups/{id}', { params, body, headers }))
}

function FilterField(props: { value: string; fault: string | undefined; onChange: (filter: string) => void }) {
  const { value, fault, onChange } = props
  const [asked] = useDebouncedValue(value.trim(), 400)
  const { data, error } = useQuery({
    queryKey: ['devices', 'count', asked],
    queryFn: async () => answer(await api.GET('/api/v1/devices/count', { params: { query: { filter: asked } } })),
    enabled: asked !== '',
    retry: false,
  })
  const wrong = asked === '' ? undefined : fieldFaults(error)['#query/filter']
  return (
    <>
      <Textarea
        label={words.filter}
        description={
          <>
            {words.filterHint.split(': ')[0]}: <Code>{words.filterHint.split(': ')[1]}</Code>
          </>
        }
        required
        autosize
        minRows={2}
        spellCheck={false}
        value={value}
        error={fault ?? wrong}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed" aria-live="polite">
        {data !== undefined && asked !== '' ? words.matches(data.count) : ' '}
      </Text>
    </>
  )
}
