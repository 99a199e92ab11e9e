import '@mantine/core/styles/Switch.css'
import { Button, Group, Select, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { instances } from '#words/instances.ts'
import { modelNamesQuery } from '../../api/models.ts'

const route = getRouteApi('/instances')
const words = instances.filters

/** What is listed; all of it stands in the address. Texts are asked for with Enter. */
export function InstanceFilters() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const open = useNavigate()
  const names = useQuery(modelNamesQuery)
  const [id, setId] = useState('')
  const change = (next: Partial<typeof search>): void => {
    void navigate({ search: { ...search, ...next, cursor: undefined } })
  }
  const { model, version, state, data, show = 'running', attention } = search
  const isFiltered = Object.values(search).some((value) => value !== undefined)
  return (
    <>
      <Group mb="sm" align="flex-end" gap="sm">
        <Select
          label={words.model}
          placeholder={words.anyModel}
          data={names.data ?? []}
          value={model ?? null}
          onChange={(next) => change({ model: next ?? undefined, version: undefined })}
          clearable
          searchable
          w="12rem"
        />
        <Asked
          key={`version ${version}`}
          label={words.version}
          value={version}
          onAsk={(next) => change({ version: next })}
          width="7rem"
        />
        <Asked
          key={`state ${state}`}
          label={words.state}
          value={state}
          onAsk={(next) => change({ state: next })}
          width="10rem"
        />
        <Asked
          key={`data ${data}`}
          label={words.data}
          placeholder={words.dataHint}
          value={data}
          onAsk={(next) => change({ data: next })}
          width="16rem"
        />
        <Select
          label={words.show}
          data={[
            { value: 'running', label: words.running },
            { value: 'ended', label: words.ended },
            { value: 'all', label: words.all },
          ]}
          value={show}
          onChange={(next) => change({ show: next as typeof show })}
          allowDeselect={false}
          w="8rem"
        />
        <Switch
          label={words.attention}
          checked={attention !== undefined}
          onChange={(event) => change({ attention: event.currentTarget.checked ? 'true' : undefined })}
          pb={8}
        />
        {isFiltered && (
          <Button variant="subtle" onClick={() => void navigate({ search: {} })}>
            {words.clear}
          </Button>
        )}
      </Group>
      {model !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (id.trim() !== '') void open({ to: '/instances/$model/$id', params: { model, id: id.trim() } })
          }}
        >
          <Group mb="sm" align="flex-end" gap="xs">
            <TextInput label={words.id} value={id} onChange={(event) => setId(event.currentTarget.value)} w="18rem" />
            <Button type="submit" variant="default" disabled={id.trim() === ''}>
              {words.open}
            </Button>
          </Group>
        </form>
      )}
    </>
  )
}

interface AskedProps {
  readonly label: string
  readonly placeholder?: string
  readonly value: string | undefined
  readonly onAsk: (value: string | undefined) => void
  readonly width: string
}

/** A field whose text is asked for with Enter, or when it is left. */
function Asked({ label, placeholder, value = '', onAsk, width }: AskedProps) {
  const [typed, setTyped] = useState(value)
  const ask = (): void => {
    if (typed.trim() !== value) onAsk(typed.trim() === '' ? undefined : typed.trim())
  }
  return (
    <TextInput
      label={label}
      {...(placeholder !== undefined && { placeholder })}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') ask()
      }}
      onBlur={ask}
      w={width}
    />
  )
}
