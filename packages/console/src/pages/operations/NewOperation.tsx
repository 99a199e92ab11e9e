import { Button, Fieldset, Group, NativeSelect, Stack } from '@mantine/core'
import { answer } from '@sutler/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { operations } from '#words/operations.ts'
import { api } from '../../api/client.ts'
import { DevicesField, type DevicesWish } from '../../parts/DevicesField.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { OperationPreview } from './OperationPreview.tsx'

const newOperationRoute = getRouteApi('/operations/new')

const words = operations.form
const kinds = ['query-capabilities', 'add-to-group', 'remove-from-group', 'decommission'] as const

interface Draft extends DevicesWish {
  readonly kind: (typeof kinds)[number]
  readonly target: string
}

/** What is to be done to which devices; its preview; and the start. */
export function NewOperation() {
  const search = newOperationRoute.useSearch()
  const [draft, setDraft] = useState<Draft>({
    by: search.group === undefined ? 'filter' : 'group',
    filter: search.filter ?? '',
    group: search.group ?? '',
    kind: 'query-capabilities',
    target: '',
  })
  const preview = useMutation({
    mutationFn: async () =>
      answer(await api.POST('/api/v1/device-operations/previews', { body: requestOf(draft) as never })),
  })
  // What was previewed is what is run: a change asks for another look.
  const change = (changes: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...changes }))
    preview.reset()
  }
  const faults = fieldFaults(preview.error)
  return (
    <>
      <PageHeader title={words.title} text={words.text} above={[{ to: '/operations', label: operations.page.above }]} />
      <Stack maw="46rem">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            preview.mutate()
          }}
        >
          <Stack>
            <Fieldset legend={words.devices}>
              <DevicesField
                wish={draft}
                fault={faults['/selection/filter'] ?? faults['/selection/group'] ?? faults['/selection']}
                onChange={change}
              />
            </Fieldset>
            <NativeSelect
              label={words.what}
              data={kinds.map((kind) => ({ value: kind, label: operations.kinds[kind] }))}
              value={draft.kind}
              onChange={(event) => change({ kind: event.currentTarget.value as Draft['kind'] })}
            />
            {draft.kind.endsWith('-group') && (
              <GroupChoice
                value={draft.target}
                fault={faults['/operation/group']}
                onChange={(target) => change({ target })}
              />
            )}
            <Fault error={preview.error} />
            <Group>
              <Button type="submit" variant={preview.data ? 'default' : 'filled'} loading={preview.isPending}>
                {words.preview}
              </Button>
            </Group>
          </Stack>
        </form>
        {preview.data && <OperationPreview preview={preview.data} isForGood={draft.kind === 'decommission'} />}
      </Stack>
    </>
  )
}

function requestOf({ by, filter, group, kind, target }: Draft) {
  const selection = by === 'filter' ? { filter } : { group }
  return { selection, operation: kind.endsWith('-group') ? { kind, group: target } : { kind } }
}

function GroupChoice(props: { value: string; fault: string | undefined; onChange: (group: string) => void }) {
  const { data } = useQuery({
    queryKey: ['groups', 'all'],
    queryFn: async () => answer(await api.GET('/api/v1/groups', { params: { query: { limit: 200 } } })),
  })
  const lists = data?.items.filter(({ kind }) => kind === 'static') ?? []
  return (
    <NativeSelect
      label={words.group}
      required
      data={[{ value: '', label: words.chooseGroup }, ...lists.map(({ id, name }) => ({ value: id, label: name }))]}
      value={props.value}
      error={props.fault}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}
