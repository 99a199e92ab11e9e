import { Button, Checkbox, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { common } from '#words/common.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { useAction } from '../../parts/useAction.tsx'
import { Frame } from './Frame.tsx'

type Attribute = Schemas['AttributeDefinition']

const words = settings.attributes
const kinds = ['device', 'user', 'household'] as const
const types = ['string', 'number', 'boolean', 'date', 'enum'] as const

/** What a tenant keeps about its entities beside what Sutler knows. */
export function Attributes() {
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [isMaking, setMaking] = useState(false)
  const [removed, setRemoved] = useState<Attribute | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['attributes'],
    queryFn: async () => answer(await api.GET('/api/v1/attributes')).items,
  })
  const columns: readonly Column<Attribute>[] = [
    { id: 'name', header: words.columns.name, cell: ({ name }) => <code>{name}</code> },
    { id: 'kind', header: words.columns.kind, cell: ({ kind }) => words.kinds[kind] },
    { id: 'type', header: words.columns.type, cell: ({ type, values }) => values?.join(', ') ?? type },
    {
      id: 'required',
      header: words.columns.required,
      cell: ({ required }) => (required ? common.yes : common.no),
      wide: true,
    },
    { id: 'description', header: words.columns.description, cell: ({ description }) => description, wide: true },
    ...(mayWrite
      ? [
          {
            id: 'act',
            header: words.columns.act,
            cell: (attribute: Attribute) => (
              <Button size="compact-sm" variant="default" onClick={() => setRemoved(attribute)}>
                {settings.remove}
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Frame
      title={words.title}
      text={words.text}
      actions={
        mayWrite && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            {words.make}
          </Button>
        )
      }
    >
      <DataTable
        label={words.title}
        columns={columns}
        page={data && { items: data, next: null }}
        error={error}
        retry={() => void refetch()}
        rowId={({ kind, name }) => `${kind} ${name}`}
        empty={<Empty title={words.none.title} text={words.none.text} />}
      />
      {isMaking && <Define onClose={() => setMaking(false)} />}
      {removed !== null && <Remove attribute={removed} onClose={() => setRemoved(null)} />}
    </Frame>
  )
}

function Define({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<(typeof kinds)[number]>('device')
  const [name, setName] = useState('')
  const [type, setType] = useState<(typeof types)[number]>('string')
  const [values, setValues] = useState('')
  const [description, setDescription] = useState('')
  const [isRequired, setRequired] = useState(false)
  const define = useAction({
    run: async () => {
      const listed = values
        .split('\n')
        .map((value) => value.trim())
        .filter((value) => value !== '')
      const body = { type, required: isRequired, description, ...(type === 'enum' && { values: listed }) }
      return answer(await api.PUT('/api/v1/attributes/{kind}/{name}', { params: { path: { kind, name } }, body }))
    },
    done: (made) => words.made(made.name, made.misfits),
    changes: [['attributes']],
    onDone: onClose,
  })
  const faults = fieldFaults(define.error)
  return (
    <Confirm
      title={words.makeTitle}
      verb={words.verb}
      isOff={name === ''}
      isPending={define.isPending}
      error={define.error}
      onConfirm={() => define.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Select
          label={words.kind}
          data={kinds.map((each) => ({ value: each, label: words.kinds[each] }))}
          value={kind}
          onChange={(next) => setKind(next as typeof kind)}
          allowDeselect={false}
        />
        <TextInput
          label={words.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults['#path/name']}
          data-autofocus
        />
        <Select
          label={words.type}
          data={[...types]}
          value={type}
          onChange={(next) => setType(next as typeof type)}
          allowDeselect={false}
        />
        {type === 'enum' && (
          <Textarea
            label={words.values}
            value={values}
            onChange={(event) => setValues(event.currentTarget.value)}
            error={faults['/values']}
            autosize
            minRows={3}
          />
        )}
        <TextInput
          label={words.description}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          error={faults['/description']}
        />
        <Checkbox
          label={words.required}
          checked={isRequired}
          onChange={(event) => setRequired(event.currentTarget.checked)}
        />
        <Text size="sm">{words.consequence}</Text>
      </Stack>
    </Confirm>
  )
}

function Remove({ attribute: { kind, name }, onClose }: { attribute: Attribute; onClose: () => void }) {
  const remove = useAction({
    run: async () => answer(await api.DELETE('/api/v1/attributes/{kind}/{name}', { params: { path: { kind, name } } })),
    done: () => words.removed(name),
    changes: [['attributes']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.removeTitle(name)}
      verb={words.removeVerb}
      isDangerous
      word={name}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.removeText}</Text>
    </Confirm>
  )
}
