import { answer, createClient, followEvents, type StreamedEvent } from '@sutler/client'
import { expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { secondPerson } from '../support/campaign-fleet.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { WireDevice } from '../support/wire-device.ts'
import { createClaim, createHousehold, patience, placeOrder, publishTestService } from './household.ts'

/** Who hears what becomes of deliveries: who may see them, by stream and by webhook, and nobody else. */
const hub = hubForThisFile({ clock: systemClock, env: { SUTLER_WEBHOOKS_PRIVATE: 'allow' } })

/** A sponsor who hears of all that they may, with a household of a device that they order for. */
async function sponsor(name: string) {
  const token = await secondPerson(hub, name, 'sponsor')
  const connection = { hub: hub.url, token }
  const api = createClient(connection)
  const receiver = await startWebhookReceiver()
  onTestFinished(() => receiver.stop())
  answer(await api.POST('/api/v1/webhooks', { body: { url: receiver.url, types: ['delivery.*'] } }))
  const [stop, streamed] = [new AbortController(), [] as StreamedEvent[]]
  onTestFinished(() => stop.abort())
  void (async () => {
    for await (const event of followEvents(connection, { types: ['delivery.*'], signal: stop.signal }))
      streamed.push(event)
  })().catch(() => {})
  const household = await createHousehold(hub)
  const device = await WireDevice.start(hub, await createClaim(hub, household))
  onTestFinished(() => device.disconnect())
  return {
    order: async () => (await placeOrder({ ...hub, api }, household, 'add', 'guide')).id,
    /** Orders that the deliveries are of that they were told of, each way. */
    heard: () =>
      [
        streamed.map(({ data }) => data),
        receiver.messages.map(({ body }) => (JSON.parse(body) as { data: object }).data),
      ].map((all) => [...new Set(all.map((data) => (data as { order: string }).order))]),
  }
}

it(
  'a sponsor hears of the deliveries of their own orders, and of nobody else’s',
  { timeout: 2 * patience },
  async () => {
    await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: 'text' } }])
    const [first, second] = [await sponsor('first'), await sponsor('second')]
    const orders = [await first.order(), await second.order()]
    const whole = (each: typeof first, order: string) => each.heard().every((told) => told.includes(order))
    await until(() => whole(first, orders[0]!) && whole(second, orders[1]!), { deadline: patience })
    expect([first.heard(), second.heard()]).toEqual(orders.map((order) => [[order], [order]]))
  },
)
