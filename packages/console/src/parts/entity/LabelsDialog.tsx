import { NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { entities } from '#words/entities.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../Confirm.tsx'
import { fieldFaults } from '../fieldFaults.ts'
import { useAction } from '../useAction.tsx'
import { kindOf, type EntityProps } from './entity.ts'

const words = entities.labels
type Definition = Schemas['AttributeDefinition']
type Value = string | number | boolean

interface LabelsDialogProps extends EntityProps {
  readonly tags: readonly string[]
  readonly attributes: Readonly<Record<string, Value>>
  readonly onClose: () => void
}

/** Changes the tags and the tenant’s own attributes of an entity. */
export function LabelsDialog({ of, id, tags, attributes, onClose }: LabelsDialogProps) {
  const [written, setWritten] = useState(tags.join(', '))
  const [values, setValues] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)])),
  )
  const defined = useQuery({
    queryKey: ['attributes', kindOf[of]],
    queryFn: async () => answer(await api.GET('/api/v1/attributes', { params: { query: { kind: kindOf[of] } } })),
  })
  const definitions = defined.data?.items ?? []
  const save = useAction({
    run: async () => {
      const params = { path: { id } }
      const { response } = await api.GET(`/api/v1/${of}/{id}`, { params })
      const headers = { 'if-match': response.headers.get('etag') ?? '*' }
      const body = { tags: tagsOf(written), attributes: changed(definitions, attributes, values) }
      return answer(await api.PATCH(`/api/v1/${of}/{id}`, { params, headers, body: body as never }))
    },
    done: () => words.done,
    changes: [[kindOf[of], id], ['person', id], [of]],
    onDone: onClose,
  })
  const faults = fieldFaults(save.error)
  return (
    <Confirm
      title={words.title}
      verb={words.verb}
      isPending={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <TextInput
          label={words.tags}
          description={words.tagsHint}
          value={written}
          data-autofocus
          error={Object.entries(faults).find(([at]) => at.startsWith('/tags'))?.[1]}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        {defined.data?.items.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.noAttributes}
          </Text>
        )}
        {definitions.map((definition) => (
          <AttributeField
            key={definition.name}
            definition={definition}
            value={values[definition.name] ?? ''}
            fault={faults[`/attributes/${definition.name}`]}
            onChange={(value) => setValues((before) => ({ ...before, [definition.name]: value }))}
          />
        ))}
      </Stack>
    </Confirm>
  )
}

function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '')
}

/** Only what is other than before; null takes one away. */
function changed(
  definitions: readonly Definition[],
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, string>>,
): Record<string, Value | null> {
  const changes: Record<string, Value | null> = {}
  for (const { name, type } of definitions) {
    const text = after[name] ?? ''
    if (text === String(before[name] ?? '')) continue
    if (text === '') changes[name] = null
    else if (type === 'number') changes[name] = Number(text)
    else changes[name] = type === 'boolean' ? text === 'true' : text
  }
  return changes
}

interface AttributeFieldProps {
  readonly definition: Definition
  readonly value: string
  readonly fault: string | undefined
  readonly onChange: (value: string) => void
}

function AttributeField({ definition, value, fault, onChange }: AttributeFieldProps) {
  const { name, type, description, values = [] } = definition
  const shared = { label: name, description, error: fault, value }
  if (type === 'boolean' || type === 'enum') {
    const choices =
      type === 'enum'
        ? values
        : [
            { value: 'true', label: words.yes },
            { value: 'false', label: words.no },
          ]
    return (
      <NativeSelect
        {...shared}
        data={[{ value: '', label: words.unset }, ...choices]}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  const input = { string: 'text', number: 'number', date: 'date' }[type]
  return <TextInput {...shared} type={input} step="any" onChange={(event) => onChange(event.currentTarget.value)} />
}
