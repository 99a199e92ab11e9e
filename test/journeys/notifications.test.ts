import { answer, createClient } from '@sutler/client'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { firstOperator } from '../support/first-operator.ts'
import { startMailServer, type MailServer, type ReceivedMail } from '../support/mail-server.ts'
import { manualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'
import { patience } from './household.ts'

/** What people are told of by e-mail, by a mail server of which only the talk is real. */
const clock = manualClock(Date.now())
const ticking = setInterval(() => clock.advance(50), 10)
const soon = { deadline: patience }
let mails: MailServer
let hub: ComposedHub

beforeAll(async () => {
  mails = await startMailServer()
  hub = await composeHub({ clock, env: { SUTLER_SMTP_URL: mails.url, SUTLER_SMTP_TLS: 'none' } })
}, patience)

beforeEach(() => {
  mails.received.length = 0
  mails.refuse = null
})

afterAll(async () => {
  clearInterval(ticking)
  await hub?.stop()
  await mails?.stop()
}, patience)

const of = (id: string) => ({ params: { path: { id } } })
const read = async (id: string) => answer(await hub.api.GET('/api/v1/notifications/{id}', of(id)))
const household = async (name: string) =>
  answer(await hub.api.POST('/api/v1/households', { body: { name, timeZone: 'UTC' } })).id

/** The link to that page in a message. */
function link(mail: ReceivedMail, page: 'confirm' | 'unsubscribe'): string {
  return here(new RegExp(`http[^ <>"]+/notifications/${page}\\?token=[\\w.-]+`).exec(mail.text)![0])
}

/** Without TLS, on this machine. */
function here(address: string): string {
  const { pathname, search } = new URL(address)
  return hub.url + pathname + search
}

async function asked(wanted: object): Promise<{ id: string; question: ReceivedMail }> {
  // An account may have so many addresses asked: time passes.
  clock.advance(11 * 60_000)
  const body = { email: 'anna@example.org', kinds: [], ...wanted }
  const { id } = answer(await hub.api.POST('/api/v1/notifications', { body }))
  onTestFinished(async () => void (await hub.api.DELETE('/api/v1/notifications/{id}', of(id))))
  return { id, question: mails.received.splice(0)[0]! }
}

async function confirmed(wanted: object): Promise<string> {
  const { id, question } = await asked(wanted)
  expect((await fetch(link(question, 'confirm'), { method: 'POST' })).status).toBe(200)
  return id
}

it('nobody is told before whoever reads the address has agreed by the link', async () => {
  const { id, question } = await asked({ types: ['household.created'] })
  expect(question.to).toEqual(['anna@example.org'])
  expect((await read(id)).state).toBe('unconfirmed')
  await household('Before')
  const address = link(question, 'confirm')
  // Looking at the link, as mail programs do by themselves, agrees to nothing.
  const page = await fetch(address)
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self'")
  expect(await page.text()).toContain('anna@example.org')
  expect((await read(id)).state).toBe('unconfirmed')
  expect(
    (
      await fetch(
        address.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
        { method: 'POST' },
      )
    ).status,
  ).toBe(404)
  expect((await fetch(address.replace('confirm', 'unsubscribe'), { method: 'POST' })).status).toBe(404)
  await fetch(address, { method: 'POST' })
  await household('After <b>')
  await until(() => mails.received.length === 1, soon)
  const [mail] = mails.received
  expect(mail!.headers.get('subject')).toContain('household.created')
  expect(mail!.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  await until(async () => (await read(id)).lastSentAt !== null, soon)
  expect(answer(await hub.api.GET('/api/v1/notifications/{id}/mails', of(id))).items).toMatchObject([
    { events: 1, outcome: 'taken' },
  ])
})

it('much that happens at a time is told in one message, and a storm in ten an hour', async () => {
  const id = await confirmed({ types: ['household.created'] })
  await household('First')
  await until(() => mails.received.length === 1, soon)
  for (let i = 0; i < 25; i++) await household(`Storm ${i}`)
  clock.advance(60_000)
  await until(() => mails.received.length === 2, soon)
  expect(mails.received[1]!.headers.get('subject')).toContain('and 24 more')
  expect(mails.received[1]!.text).toContain('25 × household.created'.replace('×', Buffer.from('×').toString('latin1')))
  for (let sent = 3; sent <= 10; sent++) {
    await household(`Slow ${sent}`)
    clock.advance(60_000)
    await until(() => mails.received.length === sent, soon)
  }
  await household('Beyond')
  clock.advance(61_000)
  await until(async () => (await read(id)).lastSentAt !== null, soon)
  await household('Further beyond')
  clock.advance(61_000)
  await household('Still beyond')
  expect(mails.received).toHaveLength(10)
  clock.advance(3_600_000)
  await until(() => mails.received.length === 11, soon)
  expect(mails.received[10]!.headers.get('subject')).toContain('more')
})

it('ends by one click of the mail program', async () => {
  const id = await confirmed({ types: ['household.created'] })
  await household('Told')
  await until(() => mails.received.length === 1, soon)
  const address = here(/<([^>]+)>/.exec(mails.received[0]!.headers.get('list-unsubscribe')!)![1]!)
  const body = 'List-Unsubscribe=One-Click'
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await fetch(address, { method: 'POST', body, headers })).status).toBe(200)
  expect(await read(id)).toMatchObject({ state: 'disabled', why: 'unsubscribed' })
  const changing = { params: { path: { id } }, headers: { 'if-match': '*' }, body: { state: 'active' as const } }
  expect(answer(await hub.api.PATCH('/api/v1/notifications/{id}', changing)).state).toBe('disabled')
})

it('what the server does not take now is tried again; an address that it refuses is written to no more', async () => {
  const id = await confirmed({ types: ['household.created'] })
  mails.refuse = { code: 451, text: 'come back later' }
  await household('Later')
  await until(async () => (await read(id)).failures === 1, soon)
  mails.refuse = null
  clock.advance(6_000)
  await until(() => mails.received.length === 1, soon)
  mails.refuse = { code: 550, text: 'no such user' }
  clock.advance(61_000)
  await household('Never')
  await until(async () => (await read(id)).state === 'disabled', soon)
  expect(await read(id)).toMatchObject({ why: 'refused', lastError: expect.stringContaining('no such user') })
  const { items } = answer(await hub.api.GET('/api/v1/notifications/{id}/mails', of(id)))
  expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'taken', 'failed'])
})

it('invitations come by e-mail where that is asked for', async () => {
  const { token } = answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: firstOperator }))
  const api = createClient({ hub: hub.url, token })
  const body = { roles: ['developer' as const], email: 'dev@example.org', send: true }
  const { link: address, mailed } = answer(await api.POST('/api/v1/invitations', { body }))
  expect(mailed).toBe('taken')
  expect(mails.received[0]!.to).toEqual(['dev@example.org'])
  expect(mails.received[0]!.text).toContain(address)
})

it('a hub without a mail server says so, and one that needs TLS sends nothing without', async () => {
  const none = await composeHub({ clock })
  onTestFinished(() => none.stop())
  const body = { email: 'anna@example.org', kinds: ['orders' as const] }
  await expect(none.api.POST('/api/v1/notifications', { body })).rejects.toMatchObject({ code: 'mail-not-configured' })
  const strict = await composeHub({ clock, env: { SUTLER_SMTP_URL: mails.url } })
  onTestFinished(() => strict.stop())
  await expect(strict.api.POST('/api/v1/notifications', { body })).rejects.toMatchObject({ code: 'mail-failed' })
  expect(mails.received).toEqual([])
})
