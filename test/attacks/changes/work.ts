import { answer, createClient, type Schemas } from '@sutler/client'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { createHousehold } from '../../journeys/household.ts'
import { addHomes, secondPerson, untilCampaign } from '../../support/campaign-fleet.ts'
import { firstOperator } from '../../support/first-operator.ts'
import { until } from '../../support/until.ts'
import { path, reason, type World } from './world.ts'

const errand = (version: string): string => `model errand ${version}
data size = 1
states open (initial), away, over (final)
signal divide(by: int), go, end
on divide: open -> open
  set size = data.size / args.by
on go: open -> away
on end: open -> over
on end: away -> over as "end away"
`

export async function policies({ api }: World): Promise<void> {
  const notify = { notify: { message: 'x' } }
  const approve = { by: 'operator' as const, within: 'P1D', else: 'deny' as const }
  const when = { event: 'household.created' }
  const body = { name: 'asking', description: '', when, if: 'true', then: [{ approve }, notify], limits: {} }
  answer(await api.POST('/api/v1/policies', { body }))
  const policy = path({ id: 'asking' })
  answer(await api.POST('/api/v1/policies/{id}/versions', { ...policy, body }))
  const version = path({ id: 'asking', version: 1 })
  const trial = answer(
    await api.POST('/api/v1/policies/{id}/versions/{version}/trials', { ...version, body: { days: 1 } }),
  )
  const activation = { trial: trial.id, acknowledge: ['everyone' as const, 'nothing-seen' as const] }
  answer(await api.POST('/api/v1/policies/{id}/versions/{version}/activate', { ...version, body: activation }))
  for (let count = 0; count < 2; count++) await createHousehold({ api } as never)
  const asked = await until(async () => {
    const { items } = answer(await api.GET('/api/v1/approvals', { params: { query: { state: 'waiting' } } }))
    return items.length === 2 ? items : null
  })
  answer(await api.POST('/api/v1/approvals/{id}/approve', { ...path({ id: asked[0]!.id }), body: { reason } }))
  answer(await api.POST('/api/v1/approvals/{id}/deny', { ...path({ id: asked[1]!.id }), body: { reason } }))
  answer(await api.POST('/api/v1/policies/{id}/off', { ...policy, body: { reason } }))
}

export async function campaigns({ hub, api }: World): Promise<void> {
  const [home] = await addHomes(hub, systemClock, 'campaign', [{ classes: ['phone'] }])
  const body = {
    name: 'C',
    selection: { devices: [...home!.devices] },
    order: { action: 'add' as const, service: 'guide' },
    approvals: [{ before: 1 }],
  } as unknown as Schemas['CampaignRequest']
  const made = answer(await api.POST('/api/v1/campaigns', { body }))
  const at = path({ id: made.id })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'planned')
  await api.POST('/api/v1/campaigns/{id}/preview', { ...at, body: { reason } })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'planned')
  await api.POST('/api/v1/campaigns/{id}/start', { ...at, body: { reason } })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'waiting')
  await api.POST('/api/v1/campaigns/{id}/pause', { ...at, body: { reason } })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'paused')
  await api.POST('/api/v1/campaigns/{id}/resume', { ...at, body: { reason } })
  await untilCampaign({ api }, made.id, ({ state }) => state === 'waiting')
  await api.POST('/api/v1/campaigns/{id}/abort', { ...at, body: { reason } })
  await api.POST('/api/v1/campaigns/{id}/roll-back', { ...at, body: { reason } })
  const second = createClient({ hub: hub.url, token: await secondPerson(hub, 'second', 'operator') })
  const theirs = answer(await second.POST('/api/v1/campaigns', { body }))
  const approval = { ...path({ id: theirs.id }), body: { wave: 1, reason } }
  await untilCampaign({ api }, theirs.id, ({ state }) => state === 'planned')
  await api.POST('/api/v1/campaigns/{id}/approve', approval)
}

export async function instances({ hub, api }: World): Promise<void> {
  await api.PUT('/api/v1/roles/{role}', { ...path({ role: 'delivery' }), body: { version: null } })
  for (const version of ['1.0.0', '2.0.0']) await api.POST('/api/v1/models', { body: { text: errand(version) } })
  const at = (id: string) => path({ model: 'errand', id })
  for (const id of ['a1', 'a2', 'a3', 'a4'])
    await api.POST('/api/v1/instances', { body: { model: 'errand', version: '1.0.0', id } })
  const divide = { body: { type: 'divide', args: { by: 0 } } }
  for (const id of ['a1', 'a2', 'a3'])
    await api.POST('/api/v1/instances/{model}/{id}/signals', { ...at(id), ...divide }).catch(() => {})
  await api.POST('/api/v1/instances/{model}/{id}/signals', { ...at('a4'), body: { type: 'divide', args: { by: 1 } } })
  await api.POST('/api/v1/instances/{model}/{id}/skip', { ...at('a1'), body: { reason } })
  await api.POST('/api/v1/instances/{model}/{id}/repair', { ...at('a2'), body: { reason, states: ['away'] } })
  await api.POST('/api/v1/instances/{model}/{id}/retry', { ...at('a3'), body: { reason } })
  await api.POST('/api/v1/instances/{model}/{id}/cancel', { ...at('a4'), body: { reason } })
  // As long as somebody holds an instance, the migration goes on.
  await hub.database.owner.transaction(async ({ sql }) => {
    await sql`select from engine_instance where id = 'a1' for update`
    const body = { to: '2.0.0', from: '1.0.0', reason }
    const begun = answer(await api.POST('/api/v1/models/{name}/migrations', { ...path({ name: 'errand' }), body }))
    const which = path({ name: 'errand', id: begun.id })
    await api.POST('/api/v1/models/{name}/migrations/{id}/cancel', { ...which, body: { reason } })
  })
}

export async function oneself({ login }: World): Promise<void> {
  const first = await login()
  await login()
  const open = answer(await first.GET('/api/v1/sessions')).items
  await first.DELETE('/api/v1/sessions/{id}', path({ id: open.toReversed().find(({ current }) => !current)!.id }))
  await first.DELETE('/api/v1/sessions')
  const body = { current: firstOperator.password, next: `${firstOperator.password} again` }
  await (await login()).PUT('/api/v1/me/password', { body })
}
