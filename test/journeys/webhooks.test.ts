import { createHmac } from 'node:crypto'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { manualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'
import { WireDevice } from '../support/wire-device.ts'
import {
  createClaim,
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  settledOrder,
  untilOrder,
} from './household.ts'

const clock = manualClock()
// Time passes for the hub as for everybody; only the long waits are jumped over.
const ticking = setInterval(() => clock.advance(10), 10)
const soon = { deadline: patience }
let open: ComposedHub
let closed: ComposedHub

beforeAll(async () => {
  open = await composeHub({ clock, env: { SUTLER_WEBHOOKS_PRIVATE: 'allow' } })
  closed = await composeHub({ clock })
  for (const hub of [open, closed])
    await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
}, patience)

afterAll(async () => {
  clearInterval(ticking)
  await open?.stop()
  await closed?.stop()
}, patience)

async function receiver(): Promise<WebhookReceiver> {
  const started = await startWebhookReceiver()
  onTestFinished(() => started.stop())
  return started
}

async function addWebhook(hub: ComposedHub, url: string, types: string[] = []) {
  const webhook = answer(await hub.api.POST('/api/v1/webhooks', { body: { url, types } }))
  onTestFinished(async () => {
    await hub.api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id: webhook.id } } })
  })
  return webhook
}

async function stateOf(hub: ComposedHub, id: string) {
  return answer(await hub.api.GET('/api/v1/webhooks')).items.find((webhook) => webhook.id === id)!
}

/** Orders the service for a new household and has its device prove it. @returns the order's id */
async function order(hub: ComposedHub): Promise<string> {
  const household = await createHousehold(hub)
  const claim = await createClaim(hub, household)
  const phone = await WireDevice.start(hub, claim, { now: () => clock.now() })
  onTestFinished(() => phone.disconnect())
  const { id, deliveries } = await placeOrder(hub, household, 'add', 'guide')
  const accepted = () => untilOrder(hub, id, ({ state }) => state === 'inProgress')
  await phone.prove(await phone.wait('offer', deliveries[0]!.id), accepted)
  await settledOrder(hub, id)
  return id
}

describe('a webhook', { timeout: 2 * patience }, () => {
  it('gets the events it asked for, in order, each signed so that the secret proves it', async () => {
    const to = await receiver()
    const { secret } = await addWebhook(open, to.url, ['delivery.*', 'order.*'])
    const id = await order(open)
    await until(() => to.messages.some(({ body }) => body.includes('order.completed')), soon)
    const events = to.messages.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
    expect(events.map(({ type }) => type).filter((type) => String(type).startsWith('delivery.'))).toEqual([
      'delivery.pending',
      'delivery.accepted',
      'delivery.confirmed',
    ])
    expect(events[0]).toMatchObject({ specversion: '1.0', type: 'order.acknowledged', subject: id })
    expect(new Set(events.map((event) => event['id'])).size).toBe(events.length)
    for (const { headers, body } of to.messages) {
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
      expect(headers['content-type']).toBe('application/cloudevents+json')
    }
  })

  it('that answers 500 is told again later, the same event first, and misses none', async () => {
    const to = await receiver()
    to.answer = 500
    const { id } = await addWebhook(open, to.url, ['delivery.*'])
    await order(open)
    await until(async () => (await stateOf(open, id)).failures === 1, soon)
    expect(await stateOf(open, id)).toMatchObject({ state: 'active', lastError: expect.stringContaining('500') })
    to.answer = 204
    clock.advance(5_000)
    await until(() => to.messages.some(({ body }) => body.includes('delivery.confirmed')), soon)
    const [refused, ...taken] = to.messages
    expect(refused!.status).toBe(500)
    expect(taken[0]!.headers['webhook-id']).toBe(refused!.headers['webhook-id'])
    expect(taken.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'delivery.pending',
      'delivery.accepted',
      'delivery.confirmed',
    ])
    await until(async () => (await stateOf(open, id)).failures === 0, soon)
  })

  it('that fails for a day is switched off', async () => {
    const to = await receiver()
    to.answer = 503
    const { id } = await addWebhook(open, to.url, ['order.completed'])
    await order(open)
    for (let failures = 1; failures <= 30; failures++) {
      await until(async () => (await stateOf(open, id)).failures >= failures, soon)
      clock.advance(3_600_000)
    }
    await until(async () => (await stateOf(open, id)).state === 'disabled', soon)
    expect((await stateOf(open, id)).lastError).toContain('503')
  })

  it('is not told at an address inside the network, unless the operator allows that', async () => {
    const to = await receiver()
    const { id } = await addWebhook(closed, to.url)
    await order(closed)
    await until(async () => (await stateOf(closed, id)).failures > 0, soon)
    expect(to.messages).toEqual([])
    expect((await stateOf(closed, id)).lastError).toMatch(/127\.0\.0\.1/)
  })

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'nonsense', ''])('cannot be at %j', async (url) => {
    await expect(addWebhook(open, url)).rejects.toMatchObject({
      status: 400,
      places: [{ pointer: '/url', detail: expect.any(String) }],
    })
  })
})
