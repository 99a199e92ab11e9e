import type { IClientOptions, MqttClient } from 'mqtt'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { mqttBroker } from '../../../../test/support/mqtt-broker.ts'
import { event, mqttClients } from '../../../../test/support/mqtt-clients.ts'
import { until } from '../../../../test/support/until.ts'
import type { BrokerFace, FaceBroker } from './face.ts'
import type { MqttBroker } from './mqtt-broker.ts'

const heard: string[] = []
const events: string[] = []
const clients = mqttClients(() => port, 4)
let broker: MqttBroker
let faceBroker: FaceBroker
let port: number
let facesPort: number

/** Agents called `agent:<name>`, which talk under `face/<name>/`. */
const face: BrokerFace = {
  name: 'agents',
  clientOf: (username) => (username.startsWith('agent:') ? username : null),
  authenticate: async (_client, password) => password === 'good',
  maySubscribe: (client, filter) => filter === `face/${client}/in/#`,
  mayPublish: (client, topic) => topic.startsWith(`face/${client}/out/`),
  mayHear: (client, topic) => topic.startsWith(`face/${client}/in/`),
  async received(client, topic, payload) {
    heard.push(`${client} ${topic} ${Buffer.from(payload).toString()}`)
    if (Buffer.from(payload).toString() === 'bug') throw new TypeError('a bug of the face')
  },
  listening: (client) => void events.push(`+${client}`),
  silent: (client) => void events.push(`-${client}`),
}

beforeAll(async () => {
  broker = mqttBroker({ total: 200, perLoopback: 100, pending: 20 })
  faceBroker = broker.add(face)
  port = await broker.listenPlain(0)
  facesPort = await broker.listenForFaces('127.0.0.1', 0)
})
afterEach(async () => {
  await clients.end()
  heard.length = 0
})
afterAll(() => broker.close())

const start = (username: string, options: IClientOptions = {}): MqttClient =>
  clients.start(username, { clientId: 'whatever', ...options })

async function agent(name: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = start(`agent:${name}`, options)
  await event(client, 'connect')
  await client.subscribeAsync(`face/agent:${name}/in/#`)
  await until(() => faceBroker.connected(`agent:${name}`))
  return client
}

const native = async (id: string): Promise<MqttClient> => (await clients.device(id)).client
const refusal = (username: string, options: IClientOptions): Promise<number | string> =>
  clients.refusal(username, { clientId: 'whatever', ...options })

test('a client of another face talks with the hub on the topics of that face', async () => {
  const client = await agent('one')
  const got = event(client, 'message')
  await faceBroker.publish('agent:one', 'face/agent:one/in/reply-to=x', Buffer.from('down'))
  expect((await got).slice(0, 2).map(String)).toEqual(['face/agent:one/in/reply-to=x', 'down'])
  await client.publishAsync('face/agent:one/out/x', 'up', { qos: 1 })
  await until(() => heard.length === 1)
  expect(heard).toEqual(['agent:one face/agent:one/out/x up'])
  await client.unsubscribeAsync('face/agent:one/in/#')
  await until(() => !faceBroker.connected('agent:one'))
  expect(events).toEqual(['+agent:one', '-agent:one'])
})

test('what a face lets one client subscribe to is no filter: the topics of others do not come through it', async () => {
  const [one, two] = [await agent('wild'), await agent('tame')]
  const gotten: string[] = []
  one.on('message', (topic) => gotten.push(topic))
  for (const filter of ['#', 'face/#', 'face/agent:tame/in/#', 'sutler/1/dev-native-a/down'])
    await one.subscribeAsync(filter).then(
      (granted) => expect(granted.map(({ qos }) => qos)).toEqual([128]),
      (error: Error) => expect(error.message).toMatch(/Unspecified/),
    )
  const got = event(two, 'message')
  await faceBroker.publish('agent:tame', 'face/agent:tame/in/x', Buffer.from('secret'))
  await got
  await faceBroker.publish('agent:wild', 'face/agent:wild/in/x', Buffer.from('mine'))
  await until(() => gotten.length > 0)
  expect(gotten).toEqual(['face/agent:wild/in/x'])
})

test.each(['face/agent:other/out/x', 'sutler/1/dev-native-b/up', 'sutler/1/agent:nosy/up', '$SYS/x'])(
  'a publish of another’s topic, %s, ends the connection',
  async (topic) => {
    const client = await agent('nosy')
    const closed = event(client, 'close')
    client.publish(topic, 'x')
    await closed
    expect(heard).toEqual([])
  },
)

test('a face’s client that calls itself by a native device’s client id does not take its place', async () => {
  const device = await native('dev-native-c')
  await agent('impostor', { clientId: 'dev-native-c' })
  const got = event(device, 'message')
  await broker.publish('dev-native-c', Buffer.from('for the device'))
  expect(String((await got)[1])).toBe('for the device')
  expect([broker.connected('agent:impostor'), faceBroker.connected('dev-native-c')]).toEqual([false, false])
})

test('where only other faces’ clients are let in, a native device is refused with its good password', async () => {
  expect(await refusal('dev-native-e', { clientId: 'dev-native-e', port: facesPort })).toBe(5)
  expect(await refusal('agent:there', { port: facesPort })).toBe('connected')
})

test('a native device cannot call itself as a face’s clients are called', async () => {
  expect(await refusal('dev-native-d', { clientId: 'agent:one' })).toBe(2)
})

test.each([
  ['a wrong password', { password: 'bad' }, 5],
  ['no password', { password: '' }, 4],
  ['a will', { will: { topic: 'face/agent:x/in/x', payload: Buffer.from('x'), qos: 1, retain: false } }, 5],
] as const)('a face’s client with %s is refused', async (_what, options, code) => {
  expect(await refusal('agent:refused', options as IClientOptions)).toBe(code)
})

test('a second connection of a face’s client takes over, and a failure of the face harms nobody', async () => {
  const first = await agent('twice')
  const gone = event(first, 'close')
  const second = await agent('twice', { clientId: 'another' })
  await gone
  await second.publishAsync('face/agent:twice/out/x', 'bug', { qos: 1 })
  await second.publishAsync('face/agent:twice/out/x', 'after', { qos: 1 })
  expect(heard.map((each) => each.split(' ')[2])).toEqual(['bug', 'after'])
  faceBroker.disconnect('agent:twice')
  await event(second, 'close')
})
