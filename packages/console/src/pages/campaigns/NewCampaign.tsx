import { Button, Checkbox, Fieldset, Group, NativeSelect, NumberInput, Radio, Stack, TextInput } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { campaignForm as words, campaigns } from '#words/campaigns.ts'
import { api } from '../../api/client.ts'
import { Fault } from '../../parts/Fault.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { DevicesChoice } from './DevicesChoice.tsx'
import { wavesOf } from './waves.ts'

const newCampaignRoute = getRouteApi('/campaigns/new')

type Action = keyof typeof campaigns.actions
type Remedy = keyof typeof words.remedies

export interface Draft {
  readonly name: string
  readonly by: 'filter' | 'group'
  readonly filter: string
  readonly group: string
  readonly joining: boolean
  readonly action: Action
  readonly service: string
  readonly version: string
  readonly allOrNothing: boolean
  readonly waves: string
  readonly success: number
  readonly soak: string
  readonly else: Remedy
  readonly perMinute: number
  readonly approvals: boolean
}

/** A form for the usual campaign; everything that there is can be said by the API and `sutler campaign create`. */
export function NewCampaign() {
  const { filter, group, service } = newCampaignRoute.useSearch()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft>({
    name: '',
    by: group === undefined ? 'filter' : 'group',
    filter: filter ?? '',
    group: group ?? '',
    joining: false,
    action: 'modify',
    service: service ?? '',
    version: '',
    allOrNothing: true,
    waves: '1%, 10%',
    success: 95,
    soak: '1h',
    else: 'pause',
    perMinute: 6000,
    approvals: false,
  })
  const change = (changes: Partial<Draft>): void => setDraft((before) => ({ ...before, ...changes }))
  const { waves, wrong } = wavesOf(draft.waves)
  const write = useAction({
    run: async () => answer(await api.POST('/api/v1/campaigns', { body: requestOf(draft) as never })),
    done: (made) => words.done(made.name),
    changes: [['campaigns']],
    onDone: ({ id }) => void navigate({ to: '/campaigns/$id', params: { id } }),
  })
  const faults = fieldFaults(write.error)
  const wants = draft.action === 'add' || draft.action === 'modify'
  return (
    <>
      <PageHeader title={words.title} text={words.text} above={[{ to: '/campaigns', label: words.above }]} />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (wrong === null) write.mutate()
        }}
      >
        <Stack gap="md" maw="46rem">
          <TextInput
            label={words.name}
            required
            value={draft.name}
            error={faults['/name']}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <DevicesChoice draft={draft} faults={faults} onChange={change} />
          <Fieldset legend={words.order}>
            <Stack gap="sm">
              <Radio.Group
                label={words.action}
                value={draft.action}
                onChange={(next) => change({ action: next as Action })}
              >
                <Group gap="md" mt={4}>
                  {Object.entries(campaigns.actions).map(([value, label]) => (
                    <Radio key={value} value={value} label={label} />
                  ))}
                </Group>
              </Radio.Group>
              <ServiceChoice draft={draft} wantsVersion={wants} faults={faults} onChange={change} />
              <Checkbox
                label={words.allOrNothing}
                checked={draft.allOrNothing}
                onChange={(event) => change({ allOrNothing: event.currentTarget.checked })}
              />
            </Stack>
          </Fieldset>
          <TextInput
            label={words.waves}
            description={words.wavesHint}
            value={draft.waves}
            error={wrong === null ? faultsBelow(faults, '/waves') : words.wavesWrong(wrong)}
            onChange={(event) => change({ waves: event.currentTarget.value })}
          />
          <Fieldset legend={words.gate}>
            <Group align="flex-start" grow preventGrowOverflow={false}>
              <NumberInput
                label={words.success}
                min={1}
                max={100}
                value={draft.success}
                error={faultsBelow(faults, '/gates')}
                onChange={(value) => change({ success: Number(value) })}
              />
              <TextInput
                label={words.soak}
                description={words.durationHint}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                value={draft.soak}
                onChange={(event) => change({ soak: event.currentTarget.value })}
              />
              <NativeSelect
                label={words.else}
                data={Object.entries(words.remedies).map(([value, label]) => ({ value, label }))}
                value={draft.else}
                onChange={(event) => change({ else: event.currentTarget.value as Remedy })}
              />
            </Group>
          </Fieldset>
          <NumberInput
            label={words.rate}
            min={1}
            max={1_000_000}
            value={draft.perMinute}
            error={faultsBelow(faults, '/rate')}
            onChange={(value) => change({ perMinute: Number(value) })}
          />
          {waves.length > 0 && (
            <Checkbox
              label={words.approval}
              checked={draft.approvals}
              onChange={(event) => change({ approvals: event.currentTarget.checked })}
            />
          )}
          <Fault error={write.error} />
          <Group>
            <Button type="submit" loading={write.isPending}>
              {words.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  )
}

/** What a refusal says of a part of the form, wherever in it. */
function faultsBelow(faults: Readonly<Record<string, string>>, pointer: string): string | undefined {
  return Object.entries(faults).find(([at]) => at === pointer || at.startsWith(`${pointer}/`))?.[1]
}

function requestOf(draft: Draft): Schemas['CampaignRequest'] | object {
  const { waves } = wavesOf(draft.waves)
  const wants = draft.action === 'add' || draft.action === 'modify'
  return {
    name: draft.name,
    selection: draft.by === 'filter' ? { filter: draft.filter } : { group: draft.group },
    joining: draft.joining,
    order: {
      action: draft.action,
      service: draft.service,
      ...(wants && draft.version !== '' && { version: draft.version }),
      allOrNothing: draft.allOrNothing,
    },
    ...(waves.length > 0 && { waves }),
    rate: { perMinute: draft.perMinute },
    ...(waves.length > 0 && {
      gates: [
        {
          after: 'each',
          success: draft.success / 100,
          ...(draft.soak !== '' && { soak: draft.soak }),
          else: draft.else,
        },
      ],
    }),
    ...(draft.approvals && { approvals: waves.map((_, index) => ({ before: index + 2 })) }),
  }
}

interface ServiceChoiceProps {
  readonly draft: Draft
  readonly wantsVersion: boolean
  readonly faults: Readonly<Record<string, string>>
  readonly onChange: (changes: Partial<Draft>) => void
}

function ServiceChoice({ draft, wantsVersion, faults, onChange }: ServiceChoiceProps) {
  const services = useQuery({
    queryKey: ['services', 'all'],
    queryFn: async () => answer(await api.GET('/api/v1/services', { params: { query: { limit: 200 } } })),
  })
  const versions = useQuery({
    queryKey: ['service', draft.service, 'versions'],
    queryFn: async () =>
      answer(
        await api.GET('/api/v1/services/{service}/versions', {
          params: { path: { service: draft.service }, query: { limit: 200 } },
        }),
      ),
    enabled: draft.service !== '' && wantsVersion,
  })
  const released = versions.data?.items.filter(({ state }) => state === 'released') ?? []
  return (
    <Group grow align="flex-start">
      <NativeSelect
        label={words.service}
        required
        data={[
          { value: '', label: words.chooseService },
          ...(services.data?.items.map(({ id, title }) => ({ value: id, label: `${title} (${id})` })) ?? []),
        ]}
        value={draft.service}
        error={faults['/order/service']}
        onChange={(event) => onChange({ service: event.currentTarget.value, version: '' })}
      />
      {wantsVersion && (
        <NativeSelect
          label={words.version}
          data={[{ value: '', label: words.newest }, ...released.map(({ version }) => version)]}
          value={draft.version}
          error={faults['/order/version']}
          onChange={(event) => onChange({ version: event.currentTarget.value })}
        />
      )}
    </Group>
  )
}
