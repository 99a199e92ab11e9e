import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createClient, followEvents, type SutlerClient } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { launch, startHub, type HubProcess } from '../support/hub-process.ts'
import { startMailServer, type MailServer } from '../support/mail-server.ts'
import { writeSealingKey } from '../support/sealing.ts'
import { until } from '../support/until.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import { patience } from './household.ts'

/** What docs/operations/scale-out.md says of several hubs over one PostgreSQL, by two in processes of their own. */

const soon = { deadline: patience }
let database: TestDatabase
let mails: MailServer
let first: HubProcess
let second: Awaited<ReturnType<typeof launch>>
let data: string
let apis: readonly [SutlerClient, SutlerClient]

beforeAll(async () => {
  database = await testDatabase()
  mails = await startMailServer()
  const env = { SUTLER_SMTP_URL: mails.url, SUTLER_SMTP_TLS: 'none', SUTLER_WEBHOOKS_PRIVATE: 'allow' }
  first = await startHub({ databaseUrl: database.url, env })
  data = await mkdtemp(join(tmpdir(), 'sutler-second-hub-'))
  await writeSealingKey(data)
  const ports = ['HTTP', 'MQTT', 'PLAIN_HTTP', 'PLAIN_MQTT'].map((of) => [`SUTLER_${of}_PORT`, '0'] as const)
  second = await launch({
    ...env,
    ...Object.fromEntries(ports),
    SUTLER_DATA: data,
    DATABASE_URL: database.url,
  })
  apis = [first.api, createClient(at(second.url))]
}, patience)

afterAll(async () => {
  if (second !== undefined) {
    const ended = new Promise((resolve) => second.child.once('exit', resolve))
    second.child.kill('SIGTERM')
    await ended
  }
  await first?.stop()
  await mails?.stop()
  await database?.close()
  await rm(data, { recursive: true, force: true })
}, patience)

/** As the first operator. */
function at(hub: string) {
  return { hub, token: first.connection.token! }
}

/** Makes so many households, all at once, every other one at the second hub. @returns their ids */
async function households(count: number): Promise<string[]> {
  const making = Array.from({ length: count }, async (_, i) =>
    answer(await apis[i % 2]!.POST('/api/v1/households', { body: { name: `Home ${i}`, timeZone: 'UTC' } })),
  )
  return (await Promise.all(making)).map(({ id }) => id)
}

/** Hears of households from now on, until the test ends. */
async function heardAt(hub: string): Promise<readonly string[]> {
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const heard: string[] = []
  const open = Promise.withResolvers<void>()
  const opened = (): void => open.resolve()
  const read = async (): Promise<void> => {
    const options = { types: ['household.created'], signal: stop.signal, opened }
    for await (const { subject } of followEvents(at(hub), options)) heard.push(subject)
  }
  read().catch(open.reject)
  await open.promise
  return heard
}

describe('two hubs over one database', { timeout: patience }, () => {
  it('both tell those who listen of what happens at either, in the same order', async () => {
    const [here, there] = [await heardAt(first.url), await heardAt(second.url)]
    const made = await households(30)
    await until(() => here.length >= made.length && there.length >= made.length, soon)
    expect(here.toSorted()).toEqual(made.toSorted())
    expect(there).toEqual(here)
  })

  it('send each message to a webhook once', async () => {
    const receiver = await startWebhookReceiver()
    onTestFinished(() => receiver.stop())
    const body = { url: receiver.url, types: ['household.created'] }
    const { id } = answer(await apis[0].POST('/api/v1/webhooks', { body }))
    onTestFinished(async () => void (await apis[0].DELETE('/api/v1/webhooks/{id}', { params: { path: { id } } })))
    const made = await households(30)
    const told = () => receiver.messages.map(({ body: sent }) => (JSON.parse(sent) as { subject: string }).subject)
    await until(() => made.every((each) => told().includes(each)), soon)
    // Messages come in order: a second one of what was before would be before this one.
    const [last] = await households(1)
    await until(() => told().includes(last!), soon)
    expect(told().toSorted()).toEqual([...made, last!].toSorted())
  })

  it('send each e-mail once, whichever of them is asked', async () => {
    const body = { email: 'anna@example.org', kinds: [], types: ['household.created'] }
    const { id } = answer(await apis[0].POST('/api/v1/notifications', { body }))
    const question = await until(() => mails.received.shift(), soon)
    const link = /\/notifications\/confirm\?token=[\w.-]+/.exec(question.text)![0]
    // The link was made by the other.
    expect((await fetch(second.url + link, { method: 'POST' })).status).toBe(200)
    const made = await households(10)
    const sent = async () =>
      answer(await apis[1].GET('/api/v1/notifications/{id}/mails', { params: { path: { id } } })).items
    const all = await until(async () => {
      const now = await sent()
      return now.reduce((sum, { events }) => sum + events, 0) >= made.length && now
    }, soon)
    expect(all.reduce((sum, { events }) => sum + events, 0)).toBe(made.length)
    expect(mails.received).toHaveLength(all.length)
    const text = mails.received.map((mail) => mail.text).join('')
    for (const each of made) expect(text.split(each)).not.toHaveLength(1)
  })

  it('are one to a directory that provisions people by SCIM', async () => {
    const actions = ['user.read', 'user.write'] as const
    const body = { name: 'directory', roles: ['operator' as const], actions: [...actions] }
    const { key } = answer(await apis[0].POST('/api/v1/api-keys', { body }))
    const scim = (hub: string, path: string, sent?: object) =>
      fetch(`${hub}/scim/v2/Users${path}`, {
        method: sent === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/scim+json' },
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      })
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada@example.org' }
    const answers = await Promise.all([first.url, second.url, first.url, second.url].map((hub) => scim(hub, '', user)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409])
    const { id } = (await answers.find(({ status }) => status === 201)!.json()) as { id: string }
    for (const hub of [first.url, second.url])
      expect(await (await scim(hub, `/${id}`)).json()).toMatchObject({ id, userName: 'ada@example.org' })
  })
})
