import { Button, Checkbox, Group, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { answer } from '@sutler/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { catalogue } from '#words/catalogue.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Fault } from '../../parts/Fault.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { EntityPicker } from '../../parts/picker/EntityPicker.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { ResolutionView } from './ResolutionView.tsx'

/** Orders a service for a household; first says what that would come to. @param household the one that was chosen before */
export function OrderForm({ service, household: given }: { service: string; household: string | undefined }) {
  const principal = usePrincipal()
  const navigate = useNavigate()
  const isOwn = hasRole(principal, 'subscriber') && !hasRole(principal, 'operator')
  const [household, setHousehold] = useState(given ?? (isOwn ? (principal.households[0] ?? '') : ''))
  const [withRecommended, setRecommended] = useState(false)
  const preview = useMutation({
    mutationFn: async () =>
      answer(await api.POST('/api/v1/resolutions', { body: { household, add: [{ service }], withRecommended } })),
  })
  const order = useAction({
    run: async () => {
      const body = { household, items: [{ action: 'add' as const, service }], withRecommended }
      return answer(await api.POST('/api/v1/orders', { body }))
    },
    done: () => catalogue.placed,
    changes: [['orders'], ['subscriptions'], ['deliveries']],
    // Where it can be watched.
    onDone: ({ id }) => void navigate({ to: '/orders/$id', params: { id } }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    preview.mutate()
  }
  const faults = fieldFaults(preview.error)
  const choose = (id: string): void => {
    setHousehold(id)
    preview.reset()
  }
  return (
    <Paper component="section" aria-label={catalogue.order}>
      <form onSubmit={submit}>
        <Stack>
          <Title order={2}>{catalogue.order}</Title>
          {isOwn ? (
            <OwnHousehold value={household} onChange={choose} />
          ) : (
            <EntityPicker
              of="household"
              label={catalogue.orderFor}
              value={household}
              error={faults['/household']}
              required
              onChange={choose}
            />
          )}
          <Checkbox
            label={catalogue.withRecommended}
            checked={withRecommended}
            onChange={(event) => {
              setRecommended(event.currentTarget.checked)
              preview.reset()
            }}
          />
          <Group>
            <Button type="submit" variant="default" loading={preview.isPending}>
              {catalogue.preview}
            </Button>
          </Group>
          <Fault error={preview.error} />
        </Stack>
      </form>
      {preview.data !== undefined && (
        <Stack mt="md" component="section" aria-label={catalogue.previewTitle}>
          <ResolutionView resolution={preview.data} />
          <Fault error={order.error} />
          {preview.data.ok && (
            <>
              <Text size="sm" c="dimmed">
                {catalogue.allOrNothing}
              </Text>
              <Group>
                <Button loading={order.isPending} onClick={() => order.mutate()}>
                  {catalogue.place}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      )}
    </Paper>
  )
}

function OwnHousehold({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { data } = useQuery({
    queryKey: ['households', 'mine'],
    queryFn: async () => answer(await api.GET('/api/v1/households', { params: { query: { limit: 100 } } })),
  })
  return (
    <Select
      label={catalogue.orderFor}
      data={data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={value === '' ? null : value}
      allowDeselect={false}
      required
      onChange={(id) => onChange(id ?? '')}
    />
  )
}
