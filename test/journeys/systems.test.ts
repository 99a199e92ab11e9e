import { once, type EventEmitter } from 'node:events'
import { answer, createClient, followEvents, type StreamedEvent } from '@sutler/client'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { hubForThisFile } from '../support/composed-hub.ts'
import { firstOperator } from '../support/first-operator.ts'
import { until } from '../support/until.ts'
import { patience } from './household.ts'

/** Systems that hear of events over MQTT, with the client that most of them use. */
const hub = hubForThisFile({ clock: systemClock })
const soon = { deadline: patience }
type Key = { id: string; key: string }

async function apiKey(more: { actions?: string[]; roles?: ['operator'] } = {}): Promise<Key> {
  const body = { name: 'billing', roles: ['operator' as const], ...more }
  const { token } = answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: firstOperator }))
  return answer(await createClient({ hub: hub.url, token }).POST('/api/v1/api-keys', { body }))
}

function start({ id, key }: Key, options: IClientOptions = {}): MqttClient {
  const given = { username: `system:${id}`, password: key, reconnectPeriod: 0, protocolVersion: 5 } as const
  const client = connect(hub.plainMqtt, { ...given, ...options })
  client.on('error', () => {})
  onTestFinished(() => void client.endAsync(true))
  return client
}

const event = (client: MqttClient, name: string): Promise<unknown[]> => once(client as unknown as EventEmitter, name)

/** What comes on the topics that the filter covers. */
async function listen(key: Key, filter: string, options: IClientOptions = {}) {
  const client = start(key, options)
  const heard: { topic: string; event: Record<string, unknown> }[] = []
  client.on('message', (topic, payload) => void heard.push({ topic, event: JSON.parse(payload.toString()) }))
  await event(client, 'connect')
  const granted = await client.subscribeAsync(filter, { qos: 1 })
  return { client, heard, granted }
}

const household = async (name: string) =>
  answer(await hub.api.POST('/api/v1/households', { body: { name, timeZone: 'UTC' } })).id

it('are told in CloudEvents on the topic of each event, and resume from the stream by its id', async () => {
  const { heard } = await listen(await apiKey(), 'sutler/v1/events/household/+/+/+')
  const { heard: all } = await listen(await apiKey(), 'sutler/v1/events/#', { protocolVersion: 4 })
  const first = await household('First')
  const second = await household('Second')
  await until(() => heard.length === 2 && all.length >= 2, soon)
  expect(heard[0]).toMatchObject({
    topic: `sutler/v1/events/household/created/${first}/${first}`,
    event: { specversion: '1.0', type: 'household.created', subject: first, data: { name: 'First' } },
  })
  const stop = new AbortController()
  const missed: StreamedEvent[] = []
  const since = String(heard[0]!.event['id'])
  for await (const next of followEvents(hub.connection, { since, types: ['household.*'], signal: stop.signal })) {
    missed.push(next)
    stop.abort()
  }
  expect(missed.map(({ subject }) => subject)).toEqual([second])
})

it('choose by household, by subject, and by a CEL filter that they connect with', async () => {
  const home = await household('Home')
  const { heard } = await listen(await apiKey(), `sutler/v1/events/+/+/${home}/#`)
  const userProperties = { filter: 'event.data.name == "Wanted"' }
  const { heard: wanted } = await listen(await apiKey(), 'sutler/v1/events/#', { properties: { userProperties } })
  await household('Other')
  await household('Wanted')
  const changing = { params: { path: { id: home } }, headers: { 'if-match': '*' } }
  await hub.api.PATCH('/api/v1/households/{id}', { ...changing, body: { name: 'New' } })
  await until(() => heard.length === 1 && wanted.length === 1, soon)
  expect(heard[0]!.event['type']).toBe('household.changed')
  expect(wanted[0]!.event['data']).toMatchObject({ name: 'Wanted' })
  const wrong = { properties: { userProperties: { filter: 'event.nope' } } }
  await expect(refusal(await apiKey(), wrong)).resolves.toBe(135)
})

async function refusal(key: Key, options: IClientOptions = {}): Promise<unknown> {
  const client = start(key, options)
  return new Promise((resolve) => {
    client.on('error', (error) => resolve((error as { code?: unknown }).code))
    client.on('connect', () => resolve('connected'))
  })
}

it('are refused with another key, without the right to events, on topics of others, and when they speak', async () => {
  const [one, other] = [await apiKey(), await apiKey()]
  await expect(refusal({ id: one.id, key: other.key })).resolves.toBe(135)
  await expect(refusal({ id: one.id, key: '' })).resolves.not.toBe('connected')
  await expect(refusal(await apiKey({ actions: ['order.read'] }))).resolves.toBe(135)
  const { client } = await listen(one, 'sutler/v1/events/#')
  for (const filter of [
    '#',
    '+/v1/events/#',
    'sutler/1/dev-00000000/down',
    '$SYS/#',
    'sutler/v1/events',
    'sutler/v1/events/a/b',
  ]) {
    const [granted] = await client.subscribeAsync(filter).catch(() => [{ qos: 128 }])
    expect(granted!.qos, filter).toBe(128)
  }
  const speaking = client.publishAsync('sutler/v1/events/order/completed/-/x', 'mine', { qos: 1 })
  await expect(speaking).rejects.toMatchObject({ code: 135 })
})

it('are cut when their key is revoked, and hear nothing of what happens afterwards', async () => {
  const key = await apiKey()
  const { client, heard } = await listen(key, 'sutler/v1/events/household/#')
  const closed = event(client, 'close')
  await hub.api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: key.id } } })
  await household('Unheard')
  await closed
  expect(heard).toEqual([])
  await expect(refusal(key)).resolves.toBe(135)
})
