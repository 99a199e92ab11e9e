import { createHmac } from 'node:crypto'
import { answer, createClient, type Schemas, type SutlerClient } from '@sutler/client'
import { expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'
import { patience } from './household.ts'

/** What owners of webhooks do with them. Households are made, since each is one event. */
const hub = hubForThisFile({ clock: systemClock, env: { SUTLER_WEBHOOKS_PRIVATE: 'allow' } })
const soon = { deadline: patience }
const password = 'a long enough password'

type Webhook = Schemas['NewWebhook']

async function receiver(): Promise<WebhookReceiver> {
  const started = await startWebhookReceiver()
  onTestFinished(() => started.stop())
  return started
}

async function webhook(to: WebhookReceiver, wanted: object = {}, api: SutlerClient = hub.api): Promise<Webhook> {
  const made = answer(await api.POST('/api/v1/webhooks', { body: { url: to.url, ...wanted } }))
  onTestFinished(async () => void (await hub.api.DELETE('/api/v1/webhooks/{id}', of(made.id))))
  return made
}

const of = (id: string) => ({ params: { path: { id } } })
const changing = (id: string) => ({ params: { path: { id } }, headers: { 'if-match': '*' } })
const read = async (id: string) => answer(await hub.api.GET('/api/v1/webhooks/{id}', of(id)))
const attempts = async (id: string) => answer(await hub.api.GET('/api/v1/webhooks/{id}/attempts', of(id))).items
const household = async (name: string) =>
  answer(await hub.api.POST('/api/v1/households', { body: { name, timeZone: 'UTC' } })).id

function told(to: WebhookReceiver): { id: string; type: string; subject: string; data: { name?: string } }[] {
  return to.messages.map(({ body }) => JSON.parse(body))
}
const names = (to: WebhookReceiver) => told(to).map(({ data }) => data.name)

it('hears only what its filter lets through; what the filter cannot answer is in the log', async () => {
  const to = await receiver()
  const { id } = await webhook(to, { types: ['household.*'], filter: 'event.data.name == "Second"' })
  const mistaken = await webhook(to, { types: ['household.*'], filter: 'event.data.nope == 1' })
  await household('First')
  await household('Second')
  await until(() => to.messages.length === 1, soon)
  expect(names(to)).toEqual(['Second'])
  expect(await attempts(id)).toMatchObject([{ kind: 'event', outcome: 'delivered', status: 204, try: 1 }])
  await until(async () => (await attempts(mistaken.id)).length > 0, soon)
  const [noted] = await attempts(mistaken.id)
  expect(noted).toMatchObject({ kind: 'filter', outcome: 'failed', detail: expect.stringContaining('nope') })
  await expect(webhook(to, { filter: 'event.data.name ==' })).rejects.toMatchObject({
    status: 400,
    places: [{ pointer: '/filter', detail: expect.stringContaining('at character') }],
  })
})

it('is tested by a button: the answer says what its receiver said, cut and harmless', async () => {
  const to = await receiver()
  const { id } = await webhook(to, { types: ['x.never'] })
  to.answer = 500
  to.says = `\u0007broken${'x'.repeat(5000)}`
  const said = answer(await hub.api.POST('/api/v1/webhooks/{id}/test', of(id)))
  expect(said).toMatchObject({ kind: 'test', type: 'webhook.test', outcome: 'failed', status: 500 })
  expect(said.answer).toMatch(/^\uFFFDbrokenx+$/)
  expect(said.answer).toHaveLength(500)
  to.answer = 302
  expect(answer(await hub.api.POST('/api/v1/webhooks/{id}/test', of(id))).detail).toContain(
    'redirects are not followed',
  )
  expect(told(to)[0]).toMatchObject({ type: 'webhook.test', subject: id })
  // A test counts for nothing.
  expect(await read(id)).toMatchObject({ state: 'active', failures: 0 })
  expect((await attempts(id)).map(({ status }) => status)).toEqual([302, 500])
})

it('is signed with the new secret and the one before until the overlap is over', async () => {
  const to = await receiver()
  const { id, secret } = await webhook(to, { types: ['x.never'] })
  const test = async () => {
    answer(await hub.api.POST('/api/v1/webhooks/{id}/test', of(id)))
    const { headers, body } = to.messages.at(-1)!
    return (key: string) => {
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
      const bytes = Buffer.from(key.replace(/^whsec_/, ''), 'base64')
      const wanted = `v1,${createHmac('sha256', bytes).update(signed).digest('base64')}`
      return String(headers['webhook-signature']).split(' ').indexOf(wanted)
    }
  }
  const rotated = answer(await hub.api.POST('/api/v1/webhooks/{id}/secret', { ...of(id), body: {} }))
  const both = await test()
  expect([both(rotated.secret), both(secret)]).toEqual([0, 1])
  const last = answer(await hub.api.POST('/api/v1/webhooks/{id}/secret', { ...of(id), body: { overlapSeconds: 0 } }))
  const one = await test()
  expect([one(last.secret), one(rotated.secret), one(secret)]).toEqual([0, -1, -1])
})

it('gets events once more: from one on, since a moment, or a single one, with the ids they had', async () => {
  const to = await receiver()
  const { id } = await webhook(to, { types: ['household.created'] })
  for (const name of ['A', 'B', 'C']) await household(name)
  await until(() => to.messages.length === 3, soon)
  const [a, b, c] = told(to)
  const replay = async (from: string) => {
    answer(await hub.api.POST('/api/v1/webhooks/{id}/replay', { ...of(id), body: { from } }))
    await until(async () => (await read(id)).replay === null, soon)
  }
  await replay(b!.id)
  expect(told(to).map((event) => event.id)).toEqual([a, b, c, b, c].map((event) => event!.id))
  const { time } = JSON.parse(to.messages[2]!.body) as { time: string }
  await replay(time)
  expect(names(to)).toEqual(['A', 'B', 'C', 'B', 'C', 'C'])
  expect(
    answer(await hub.api.POST('/api/v1/webhooks/{id}/resend', { ...of(id), body: { event: a!.id } })),
  ).toMatchObject({
    kind: 'resend',
    outcome: 'delivered',
    event: a!.id,
  })
  expect(names(to).at(-1)).toBe('A')
  const nothing = hub.api.POST('/api/v1/webhooks/{id}/replay', { ...of(id), body: { from: 'evt_1.999999' } })
  await expect(nothing).rejects.toMatchObject({ code: 'unknown-event' })
})

it('goes on behind a message that its receiver always refuses, once that is skipped', async () => {
  const to = await receiver()
  to.answer = 422
  const { id } = await webhook(to, { types: ['household.created'] })
  await household('Refused')
  await household('Waits')
  await until(async () => (await attempts(id)).length > 0, soon)
  const [{ event } = { event: '' }] = await attempts(id)
  const skip = (named: string) => hub.api.POST('/api/v1/webhooks/{id}/skip', { ...of(id), body: { event: named } })
  await expect(skip('evt_1.1')).rejects.toMatchObject({ code: 'nothing-to-skip' })
  expect(answer(await skip(event))).toMatchObject({ failures: 0, retryAt: null })
  to.answer = 204
  await until(() => to.messages.at(-1)?.status === 204, soon)
  expect(names(to).at(-1)).toBe('Waits')
  expect((await attempts(id)).find(({ kind }) => kind === 'skip')).toMatchObject({ event, outcome: 'failed' })
  await expect(skip(event)).rejects.toMatchObject({ code: 'nothing-to-skip' })
})

it('sends what waits to the new address, through the new filter, when it is changed', async () => {
  const [old, next] = [await receiver(), await receiver()]
  old.answer = 500
  const { id } = await webhook(old, { types: ['household.created'] })
  await household('Unwanted')
  await household('Wanted')
  await until(() => old.messages.length > 0, soon)
  const body = { url: next.url, filter: 'event.data.name == "Wanted"' }
  expect(answer(await hub.api.PATCH('/api/v1/webhooks/{id}', { ...changing(id), body }))).toMatchObject({ failures: 0 })
  await until(() => next.messages.length === 1, soon)
  expect(names(next)).toEqual(['Wanted'])
})

it('that is switched off misses nothing when it is switched on again, or all, as its owner wants', async () => {
  const to = await receiver()
  const { id } = await webhook(to, { types: ['household.created'] })
  const change = async (body: object) => answer(await hub.api.PATCH('/api/v1/webhooks/{id}', { ...changing(id), body }))
  expect(await change({ state: 'disabled' })).toMatchObject({ state: 'disabled', why: 'asked' })
  await household('Missed')
  await change({ state: 'active' })
  await until(() => to.messages.length === 1, soon)
  await change({ state: 'disabled' })
  await household('Left out')
  await change({ state: 'active', resume: 'now' })
  await household('New')
  await until(() => to.messages.length === 2, soon)
  expect(names(to)).toEqual(['Missed', 'New'])
  const based = { params: { path: { id } }, headers: { 'if-match': '"1"' } }
  const stale = hub.api.PATCH('/api/v1/webhooks/{id}', { ...based, body: { name: 'X' } })
  await expect(stale).rejects.toMatchObject({ code: 'changed-meanwhile' })
})

it('whose receiver says 410 is switched off at once', async () => {
  const to = await receiver()
  to.answer = 410
  const { id } = await webhook(to, { types: ['household.created'] })
  await household('Gone')
  await until(async () => (await read(id)).state === 'disabled', soon)
  expect(await read(id)).toMatchObject({ why: 'gone', lastError: expect.stringContaining('410') })
  expect(await attempts(id)).toMatchObject([{ outcome: 'failed', status: 410, nextTry: null }])
})

it('whose receivers hang keep no other one waiting', async () => {
  const [hanging, good] = [await receiver(), await receiver()]
  hanging.answer = 'hang'
  for (let i = 0; i < 40; i++) await webhook(hanging, { types: ['household.created'] })
  await webhook(good, { types: ['household.created'] })
  for (const name of ['One', 'Two', 'Three']) await household(name)
  await until(() => good.messages.length === 3, soon)
  expect(names(good)).toEqual(['One', 'Two', 'Three'])
})

it('hears no more than its account may hear by now, and nothing once that is disabled', async () => {
  const [here, elsewhere] = [await household('Here'), await household('Elsewhere')]
  const account = { name: 'hearer', password, roles: ['subscriber' as const], households: [here] }
  const { id: user } = answer(await hub.api.POST('/api/v1/accounts', { body: account }))
  const session = answer(
    await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: { name: 'hearer', password } }),
  )
  const to = await receiver()
  const { id } = await webhook(
    to,
    { types: ['household.changed'] },
    createClient({ hub: hub.url, token: session.token }),
  )
  const rename = (at: string, name: string) =>
    hub.api.PATCH('/api/v1/households/{id}', { ...changing(at), body: { name } })
  await rename(elsewhere, 'not for it')
  await rename(here, 'for it')
  await until(() => to.messages.length === 1, soon)
  await hub.api.PATCH('/api/v1/users/{id}', { ...changing(user), body: { households: [elsewhere] } })
  await rename(here, 'no longer for it')
  await rename(elsewhere, 'now for it')
  await until(() => to.messages.length === 2, soon)
  expect(names(to)).toEqual(['for it', 'now for it'])
  await hub.api.PATCH('/api/v1/accounts/{id}', { ...changing(user), body: { disabled: true } })
  await rename(elsewhere, 'for nobody')
  await until(async () => (await read(id)).state === 'disabled', soon)
  expect(await read(id)).toMatchObject({ why: 'account' })
  expect(to.messages).toHaveLength(2)
})
