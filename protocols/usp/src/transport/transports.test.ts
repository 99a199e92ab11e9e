import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { IdentityProof } from '@sutler/device-model'
import { until } from '../../../../test/support/until.ts'
import { clock } from '../test/harness.ts'
import { EmbeddedBrokerTransport, type UspFace } from './embedded-broker.ts'
import { endpointId } from './endpoints.ts'
import type { Door, Link } from './transport.ts'
import { WebSocketTransport } from './web-socket.ts'

const agent = 'os::0005B9-1'
let server: Server
let transport: WebSocketTransport
let port: number
const claims: { endpoint: string; proof: IdentityProof }[] = []
const links: Link[] = []
const heard: string[] = []

const door: Door = {
  async admit(endpoint, proof) {
    claims.push({ endpoint, proof })
    const good = 'password' in proof ? proof.password === 'good' : 'token' in proof && proof.token.startsWith('good')
    return good ? { device: 'dev-00000001', class: 'gateway' } : null
  },
  connected(link) {
    links.push(link)
    return {
      record: (bytes) => void heard.push(Buffer.from(bytes).toString()),
      closed: () => void heard.push('closed'),
    }
  },
}

beforeEach(async () => {
  for (const list of [claims, links, heard]) list.length = 0
  transport = new WebSocketTransport(clock)
  await transport.start(door)
  server = createServer()
  server.on('upgrade', (incoming, socket, head) => transport.upgrade(incoming, socket, head) || socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  await transport.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const basic = (given: string) => ({ headers: { authorization: `Basic ${Buffer.from(given).toString('base64')}` } })

function connect(path: string, protocols: string[] = ['v1.usp'], options: object = basic(`${agent}:good`)): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, options)
  socket.on('error', () => {})
  return socket
}
const status = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => {
    socket.on('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode))
    socket.on('open', () => resolve(101))
  })

describe('an agent over WebSocket', () => {
  test('shows its endpoint id in eid and is answered with v1.usp', async () => {
    const socket = connect(`/usp?a=b&eid=${encodeURIComponent('os::0005B9-%21')}`, ['other', 'v1.usp'], basic('x:good'))
    await once(socket, 'open')
    expect(socket.protocol).toBe('v1.usp')
    expect(claims).toEqual([{ endpoint: 'os::0005B9-%21', proof: { username: 'x', password: 'good' } }])
  })

  test.each([
    ['without the subprotocol', '/usp?eid=os::0005B9-1', ['mqtt'], undefined, 400],
    ['without an endpoint id', '/usp', ['v1.usp'], undefined, 400],
    ['with a wrong password', '/usp?eid=os::0005B9-1', ['v1.usp'], basic(`${agent}:bad`), 401],
    ['with nothing to show', '/usp?eid=os::0005B9-1', ['v1.usp'], {}, 401],
    ['with a token in the path', '/usp/good-token-of-tests?eid=os::0005B9-1', ['v1.usp'], {}, 101],
    ['with its endpoint id as user name', '/usp?eid=os::0005B9-1', ['v1.usp'], basic(`${agent}:good`), 101],
  ] as const)('%s: %s', async (_what, path, protocols, options, expected) => {
    expect(await status(connect(path, [...protocols], options))).toBe(expected)
  })

  test('another path is left alone', () => {
    expect(transport.upgrade({ url: '/mqtt', headers: {} } as never, null as never, Buffer.alloc(0))).toBe(false)
  })

  test('that sends a text is closed with 1003', async () => {
    const socket = connect(`/usp?eid=${agent}`)
    await once(socket, 'open')
    socket.send('a text')
    expect((await once(socket, 'close'))[0]).toBe(1003)
    await until(() => heard.includes('closed'))
  })

  test('sends records in binary frames, in fragments, too', async () => {
    const socket = connect(`/usp?eid=${agent}`)
    await once(socket, 'open')
    socket.send(Buffer.from('one '), { fin: false, binary: true })
    socket.send(Buffer.from('record'), { fin: true, binary: true })
    await until(() => heard.some((each) => each !== 'closed'))
    expect(heard.filter((each) => each !== 'closed')).toEqual(['one record'])
  })

  test('whose record cannot be read is closed with 1003, and cut off with 1000', async () => {
    for (const [unreadable, code] of [
      [true, 1003],
      [false, 1000],
    ] as const) {
      const socket = connect(`/usp?eid=${agent}`)
      await once(socket, 'open')
      links.at(-1)!.close(unreadable)
      expect((await once(socket, 'close'))[0]).toBe(code)
    }
  })

  test('that reads nothing is cut', async () => {
    const socket = connect(`/usp?eid=${agent}`)
    await once(socket, 'open')
    socket.pause()
    const sent = Array.from({ length: 40 }, () => links[0]!.send(new Uint8Array(1_000_000)).then(() => '', String))
    expect((await Promise.all(sent)).at(-1)).toMatch(/did not read|has left/)
  })
})

test('endpoint ids hold no wildcard and no level of a topic', () => {
  for (const id of [
    'os::0005B9-1',
    'oui:0005B9:box-1',
    'proto::a%2Fb',
    'self::x',
    'uuid::f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  ])
    expect(id).toMatch(endpointId)
  for (const id of ['dev-00000001', 'os::a/b', 'os::+', 'os::#', 'os::', '::x', 'os::a b', `os::${'x'.repeat(300)}`])
    expect(id).not.toMatch(endpointId)
})

describe('an agent over MQTT 3.1.1', () => {
  let face: UspFace
  const told: string[] = []
  const broker = {
    add(given: UspFace) {
      face = given
      return {
        publish: async (client: string, topic: string, _payload: Uint8Array, properties?: { responseTopic?: string }) =>
          void told.push(`${client} ${topic} ${properties?.responseTopic}`),
        connected: () => true,
        disconnect: (client: string) => void told.push(`cut ${client}`),
      }
    },
  }

  test('is known by its endpoint id as user name, and speaks on its own topics only, with where to reply to', async () => {
    const mqtt = new EmbeddedBrokerTransport(broker, 100_000)
    await mqtt.start(door)
    expect([face.clientOf(agent), face.clientOf('dev-00000001')]).toEqual([agent, null])
    expect([await face.authenticate(agent, 'good', null), await face.authenticate(agent, 'bad', null)]).toEqual([
      true,
      false,
    ])
    const may = (topic: string) => face.mayPublish(agent, topic)
    const own = `usp/${agent}/controller`
    expect(
      [own, `${own}/reply-to=usp%2F${agent}%2Fagent`, `${own}/reply-to=usp%2Fos%3A%3A0005B9-1%2Fagent`].map(may),
    ).toEqual([true, true, true])
    expect(
      [`${own}/x`, `${own}/reply-to=usp%2Fother%2Fagent`, `${own}/reply-to=%`, 'usp/other/controller', '#'].map(may),
    ).toEqual([false, false, false, false, false])
    const filters = [`usp/${agent}/agent`, `usp/${agent}/agent/#`, 'usp/+/agent/#', 'usp/#', `usp/${agent}/#`]
    expect(filters.map((filter) => face.maySubscribe(agent, filter))).toEqual([true, true, false, false, false])
    face.listening(agent)
    await links.at(-1)!.send(new Uint8Array(1))
    expect(told).toEqual([`${agent} usp/${agent}/agent/reply-to=usp%2F${agent}%2Fcontroller ${own}`])
    expect(face.mayHear(agent, told[0]!.split(' ')[1]!)).toBe(true)
    await mqtt.stop()
    expect(told.at(-1)).toBe(`cut ${agent}`)
  })

  test('is spoken to on its very topic over MQTT 5, and what says that it is of another type is left alone', async () => {
    const mqtt = new EmbeddedBrokerTransport(broker, 100_000)
    await mqtt.start(door)
    await face.authenticate(agent, 'good', null)
    const topic = face.responseInformation(agent)
    expect(face.maySubscribe(agent, topic)).toBe(true)
    face.listening(agent)
    await links.at(-1)!.send(new Uint8Array(1))
    expect(told.at(-1)).toBe(`${agent} usp/${agent}/agent usp/${agent}/controller`)
    for (const contentType of ['text/plain', 'usp.msg', 'application/vnd.bbf.usp.msg'])
      face.received(agent, '', Buffer.from(contentType), { contentType })
    expect(heard.filter((each) => each !== 'closed')).toEqual(['usp.msg', 'application/vnd.bbf.usp.msg'])
    await mqtt.stop()
  })
})
