import { answer } from '@sutler/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { commandLineForThisFile } from '../support/command-line.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { startMailServer, type MailServer } from '../support/mail-server.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts'
import { patience } from './household.ts'

/** docs/guide/events.md, as its reader types it. */
let hub: ComposedHub
let mails: MailServer
let receiver: WebhookReceiver
const line = commandLineForThisFile()

beforeAll(async () => {
  mails = await startMailServer()
  receiver = await startWebhookReceiver()
  const env = { SUTLER_WEBHOOKS_PRIVATE: 'allow', SUTLER_SMTP_URL: mails.url, SUTLER_SMTP_TLS: 'none' }
  hub = await composeHub({ clock: systemClock, env })
  await line.saveLogin(hub.connection)
}, patience)

afterAll(async () => {
  await hub?.stop()
  await mails?.stop()
  await receiver?.stop()
}, patience)

it(
  'a webhook is made, tested, looked at, replayed and removed on the command line',
  { timeout: patience },
  async () => {
    const made = await line.run(['webhook', 'add', receiver.url, '--name', 'Billing', '--types', 'household.*'])
    const [id = '', secret = ''] = made.out.split('\n')
    expect(secret).toMatch(/^secret, shown this once: whsec_/)
    expect((await line.run(['webhook', 'test', id])).out).toMatch(/^delivered 204 after \d+ ms/)
    answer(await hub.api.POST('/api/v1/households', { body: { name: 'Meier', timeZone: 'UTC' } }))
    await until(() => receiver.messages.length === 2, { deadline: patience })
    const event = (JSON.parse(receiver.messages[1]!.body) as { id: string }).id
    await until(async () => (await line.run(['webhook', 'log', id])).out.includes(event), { deadline: patience })
    expect((await line.run(['webhook', 'resend', id, event])).status).toBe(0)
    expect((await line.run(['webhook', 'replay', id, '--from', event])).out).toContain('replays')
    await until(() => receiver.messages.length === 4, { deadline: patience })
    expect((await line.run(['webhook', 'rotate', id, '--overlap', '2h'])).out).toContain('whsec_')
    const skipped = await line.run(['webhook', 'skip', id, event])
    expect([skipped.status, skipped.err]).toEqual([1, expect.stringContaining('does not wait with')])
    const changed = await line.run(['webhook', 'change', id, '--filter', 'event.type != "x.y"', '--types', ''])
    expect(changed.out).toMatch(/types +all\n(.*\n)*filter +event.type != "x.y"/)
    receiver.answer = 500
    expect(await line.run(['webhook', 'test', id])).toMatchObject({
      status: 1,
      out: expect.stringContaining('failed 500'),
    })
    expect((await line.run(['webhook', 'disable', id])).out).toBe(`${id} is disabled (asked)\n`)
    expect((await line.run(['webhook', 'enable', id, '--from-now'])).out).toBe(`${id} is active\n`)
    expect((await line.run(['webhook', 'show', id])).out).toMatch(/name +Billing/)
    const wrong = await line.run(['webhook', 'add', receiver.url, '--filter', 'event.nope'])
    expect(wrong.err).toContain('event.nope')
    expect((await line.run(['webhook', 'remove', id])).status).toBe(0)
    expect((await line.run(['webhook', 'list'])).out).toContain('nothing yet')
  },
)

it('types of events are listed, and an address is asked before it is written to', { timeout: patience }, async () => {
  expect((await line.run(['events', '--limit', '500'])).out).toMatch(/^order\.completed +the order is settled/m)
  const made = await line.run(['notification', 'add', 'anna@example.org', '--kinds', 'orders,approvals'])
  expect(made.out).toContain('anna@example.org was asked')
  expect(mails.received).toHaveLength(1)
  const [id = ''] = made.out.split(':')
  expect((await line.run(['notification', 'list'])).out).toMatch(/orders, approvals +unconfirmed/)
  expect((await line.run(['notification', 'mails', id])).out).toContain('nothing yet')
  expect((await line.run(['notification', 'remove', id])).status).toBe(0)
})
