import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { ConformanceHost } from '@sutler/device-model/conformance'
import { Lwm2mDevice, streamLink, udpLink, type Lwm2mDeviceOptions } from '@sutler/simulators'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../../test/support/until.ts'
import { Lwm2mProtocol, tcpTransport, udpTransport } from './index.ts'
import { fuzz, mutated, seeded } from './test/fuzz.ts'
import { realClock } from './test/harness.ts'
import { noBytes, sorted, texts, uintOption } from './wire/coap-message.ts'
import { decodeUdp, encodeUdp, messageType } from './wire/coap-udp.ts'
import { answer, codeText, format, method, option } from './wire/numbers.ts'
import type { Clock } from './clock.ts'
import type { CoapMessage, CoapOption } from './wire/coap-message.ts'

/** The protocol on real sockets, with simulated devices that have the oddities of real ones, and with strangers. */

let host: ConformanceHost
let protocol: Lwm2mProtocol
let server: { host: string; port: number }
let devices: Lwm2mDevice[]
/** Milliseconds that the hub's clock is ahead. */
let ahead: number

const clock: Clock = { ...realClock, now: () => Date.now() + ahead }

async function serve(plainToken: string | null = 'site'): Promise<void> {
  const at = { host: '127.0.0.1', port: 0, clock, random: Math.random }
  const looks = { first: 20, last: 100 }
  const transports = [udpTransport(at), tcpTransport(at)]
  protocol = new Lwm2mProtocol({ transports, clock, randomBytes, plainToken, looks })
  await protocol.start(host)
  host.serve(protocol)
  server = { host: '127.0.0.1', port: protocol.ports.get('coap')! }
}

beforeEach(async () => {
  ahead = 0
  devices = []
  host = new ConformanceHost()
  await host.start()
  for (const id of ['box-1', 'box-2']) host.admit('lwm2m', id, { device: id, class: 'phone', accepts: () => true })
  await serve()
})

afterEach(async () => {
  for (const device of devices) device.cut()
  await protocol.stop()
  await host.stop()
})

function made(options: Partial<Lwm2mDeviceOptions> = {}): Lwm2mDevice {
  const device = new Lwm2mDevice({ name: 'box-1', open: udpLink(server), ...options })
  devices.push(device)
  return device
}

async function booted(options: Partial<Lwm2mDeviceOptions> = {}): Promise<Lwm2mDevice> {
  const device = made(options)
  await device.boot()
  await until(() => host.of('box-1', 'capabilities').length > 0)
  return device
}

/** Orders a version; gives its outcome. */
async function installs(role: 'unit' | 'firmware', size = 5000, version = '2.0.0') {
  const content = Buffer.alloc(size, 'x')
  content.write(`guide ${version}\n`)
  const component = host.component('guide', version, { role, files: [{ path: 'guide.bin', content }] })
  const delivery = `d-${role}-${version}`
  host.queue('box-1', { ...component, delivery, epoch: Number(version[0]) })
  return until(() => host.of('box-1', 'outcome').find((outcome) => outcome.delivery === delivery))
}

describe('what a device says of itself', () => {
  test('its objects become a capability report', async () => {
    await booted()
    expect(host.of('box-1', 'capabilities')[0]!.report).toEqual({
      class: 'phone',
      hardware: { model: 'Sensor 1', arch: 'rev-2' },
      os: { name: 'Simulated', version: '1.0' },
      storage: { total: 16_384 * 1024, free: 4096 * 1024 },
      runtimes: { lwm2m: '1.1' },
      features: expect.arrayContaining(['restart', 'firmware', 'units', 'lwm2m-object-5@1.0']) as string[],
      timeZone: 'Europe/Berlin',
      network: { metered: false, type: 'wifi' },
      installed: [],
      units: [{ name: 'firmware', version: '1.0' }],
    })
    expect(host.of('box-1', 'hello')[0]).toMatchObject({ agent: 'lwm2m/1.1 box-1' })
  })

  test.each<[string, Partial<Lwm2mDeviceOptions>]>([
    ['speaks LwM2M 1.0', { version: '1.0' }],
    ['speaks LwM2M 1.2', { version: '1.2' }],
    ['answers in TLV only', { formats: [format.tlv] }],
    ['answers in SenML-JSON only, and SenML-CBOR with 4.06', { formats: [format.senmlJson] }],
    ['answers in the JSON of 1.0 only', { version: '1.0', formats: [format.json] }],
    ['cannot be discovered and gives no instance as a whole', { oddities: { noDiscover: true, singleReads: true } }],
    ['gives no instance as a whole, but can be discovered', { oddities: { singleReads: true } }],
    ['cannot be observed', { oddities: { noObserve: true } }],
    ['says no binding', { oddities: { noBinding: true } }],
  ])('a device that %s is read and provisioned', async (_what, options) => {
    const device = await booted(options)
    expect(host.of('box-1', 'capabilities')[0]!.report).toMatchObject({
      hardware: { model: 'Sensor 1' },
      network: { type: 'wifi' },
    })
    expect(await installs('firmware')).toMatchObject({ result: 'installed', reported: { version: '2.0.0' } })
    expect(device.firmware.version).toBe('2.0.0')
  })

  test('what it refused once it is not asked again', async () => {
    await booted({ formats: [format.senmlJson], oddities: { singleReads: true, noDiscover: true } })
    await until(async () => JSON.stringify((await host.recall('box-1')).value).includes('"noDiscover":true'))
    expect((await host.recall('box-1')).value).toMatchObject({
      habits: { accept: format.senmlJson, singleReads: [3, 4, 5, 9] },
    })
  })

  test('values that it sends unasked are taken, and those of a stranger are not', async () => {
    const device = await booted()
    expect(codeText(await device.tell(new Map([['/3/0/3', '1.0.1']])))).toBe('2.04')
    await until(() =>
      host.of('box-1', 'inventory').some(({ units }) => units.some(({ version }) => version === '1.0.1')),
    )
    const stranger = made({ name: 'box-2' })
    await stranger.endpoint.open()
    expect(codeText(await stranger.tell(new Map([['/3/0/3', '6.6.6']])))).toBe('4.04')
  })
})

test('settings reach the device, and its refusal the hub', async () => {
  const device = await booted()
  host.queue('box-1', { kind: 'configure', settings: { '/3/0/15': 'Europe/Paris' } })
  await until(() => device.asked.includes('configure'))
  const refused = host.queue('box-1', { kind: 'configure', settings: { '/9/77/3': 'coap://nowhere' } })
  await until(() => host.taken.some(({ output }) => output === refused))
  expect(host.taken.find(({ output }) => output === refused)?.error).toBe('refused-4.04')
})

describe('firmware', () => {
  test('is pushed in blocks to a device that only takes it so', async () => {
    const device = await booted({ firmware: { version: '1.0', delivery: 1, protocols: [0] } })
    expect(await installs('firmware', 100_000)).toMatchObject({ result: 'installed' })
    expect(device.firmware.installs).toBe(1)
  })

  test('is fetched from the hub’s link by a device that only takes it so', async () => {
    const device = await booted({ firmware: { version: '1.0', delivery: 0, protocols: [2] } })
    expect(await installs('firmware', 100_000)).toMatchObject({ result: 'installed' })
    expect(device.firmware.installs).toBe(1)
  })

  test('reaches a device over TCP', async () => {
    const tcp = { ...server, port: protocol.ports.get('coap+tcp')! }
    const device = await booted({ open: streamLink(tcp), firmware: { version: '1.0', delivery: 1, protocols: [0] } })
    expect(await installs('firmware', 100_000)).toMatchObject({ result: 'installed' })
    expect(device.firmware.version).toBe('2.0.0')
  })
})

describe('reaching a device', () => {
  test('in queue mode it is reached while it is awake, and again when it says that it is', async () => {
    const device = await booted({ queueMode: true })
    expect(protocol.reaches('box-1')).toBe(true)
    ahead = 94_000
    expect(protocol.reaches('box-1')).toBe(false)
    await until(() => !host.present.has('box-1'))
    host.queue('box-1', { kind: 'restart', reason: 'asked' })
    expect(device.asked).toEqual([])
    await device.update()
    await until(() => device.asked.includes('restart'))
  })

  test('whose lifetime is over it is gone, and has to register anew', async () => {
    const device = await booted({ lifetime: 300 })
    ahead = 301_000
    await until(() => !host.present.has('box-1'))
    ahead = 0
    await device.update()
    expect(host.of('box-1', 'hello')).toHaveLength(2)
  })

  test('that says good-bye it is not reached any more', async () => {
    const device = await booted()
    await device.deregister()
    expect(host.of('box-1', 'bye')).toHaveLength(1)
    expect(protocol.reaches('box-1')).toBe(false)
  })

  test('that may no longer come in is cut off', async () => {
    await booted()
    protocol.cutOff('box-1')
    expect(protocol.reaches('box-1')).toBe(false)
  })

  test('that was heard by the hub before its restart is found where it was', async () => {
    const device = await booted()
    const { port } = server
    await protocol.stop()
    const udp = udpTransport({ host: '127.0.0.1', port, clock, random: Math.random })
    protocol = new Lwm2mProtocol({ transports: [udp], clock, randomBytes, plainToken: 'site' })
    await protocol.start(host)
    host.serve(protocol)
    expect(protocol.reaches('box-1')).toBe(false)
    host.queue('box-1', { kind: 'restart', reason: 'asked' })
    await until(() => protocol.reaches('box-1'))
    host.flush('box-1')
    await until(() => device.asked.includes('restart'))
  })
})

describe('strangers', () => {
  let socket: Socket
  let nextId = 1

  beforeEach(async () => {
    socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
  })

  afterEach(() => {
    socket.close()
  })

  async function ask(
    code: number,
    path: string[],
    options: CoapOption[] = [],
    payload: Uint8Array = noBytes,
  ): Promise<CoapMessage> {
    const all = sorted([...texts(option.uriPath, path), ...options])
    const message = { type: messageType.con, id: nextId++, code, token: Uint8Array.of(9), options: all, payload }
    socket.send(encodeUdp(message), server.port, server.host)
    const [bytes] = (await once(socket, 'message')) as [Buffer]
    return decodeUdp(bytes)
  }
  const links = new TextEncoder().encode('</1/0>,</3/0>')
  const register = (query: string[], payload = links) =>
    ask(method.post, ['rd'], texts(option.uriQuery, query), payload)

  test.each<[string, string[], string]>([
    ['no name', ['lt=300'], '4.00'],
    ['a version that there is not', ['ep=box-1', 'lwm2m=3.0'], '4.12'],
    ['a name that the hub does not know', ['ep=nobody'], '4.03'],
    ['a broken lifetime', ['ep=box-1', 'lt=-1'], '4.00'],
  ])('that register with %s are refused', async (_what, query, code) => {
    expect(codeText((await register(query)).code)).toBe(code)
    expect(host.said).toEqual([])
  })

  test('are refused without security where the operator has named no network', async () => {
    await protocol.stop()
    await serve(null)
    expect(codeText((await register(['ep=box-1'])).code)).toBe('4.03')
  })

  test('that wait to be accepted are told when to come again', async () => {
    host.authenticate = async () => ({ waiting: true })
    const reply = await register(['ep=box-1'])
    expect([codeText(reply.code), uintOption(reply, option.maxAge)]).toEqual(['5.03', 60])
    host.authenticate = async () => ({ refused: 'too-many-attempts', retryAfter: 7 })
    expect(uintOption(await register(['ep=box-1']), option.maxAge)).toBe(7)
  })

  test('cannot update, end or guess a registration', async () => {
    for (const code of [method.post, method.delete])
      expect(codeText((await ask(code, ['rd', 'aaaabbbbccccdddd'])).code)).toBe('4.04')
    expect(codeText((await ask(method.get, ['rd'])).code)).toBe('4.05')
    expect(codeText((await ask(method.get, ['bs'])).code)).toBe('4.04')
  })

  test('are told of a critical option that the hub does not know', async () => {
    const reply = await ask(method.post, ['rd'], [{ number: 2049, value: Uint8Array.of(1) }])
    expect(codeText(reply.code)).toBe('4.02')
  })

  test('answers to nothing are reset, and change nothing', async () => {
    const forged = {
      type: messageType.con,
      id: 77,
      code: answer.content,
      token: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      options: [],
      payload: noBytes,
    }
    socket.send(encodeUdp(forged), server.port, server.host)
    const [bytes] = (await once(socket, 'message')) as [Buffer]
    expect(decodeUdp(bytes)).toMatchObject({ type: messageType.rst, id: 77 })
  })

  test('a hub that cannot take a registration says so, and takes it later', async () => {
    const inputs = host.inputs.bind(host)
    host.inputs = async () => Promise.reject(new Error('the database is away'))
    expect(codeText((await register(['ep=box-1'])).code)).toBe('5.03')
    host.inputs = inputs
    expect(codeText((await register(['ep=box-1'])).code)).toBe('2.01')
  })

  test('two registrations of one device at once leave one session', async () => {
    const two = [made(), made()]
    await Promise.all(two.map((device) => device.boot()))
    await until(() => host.of('box-1', 'capabilities').length > 0)
    expect(host.of('box-1', 'hello')).toHaveLength(2)
    expect([...host.present]).toEqual(['box-1'])
  })

  test('a flood of hostile datagrams harms no device that is in', async () => {
    const device = await booted()
    const random = seeded(1)
    const sample = encodeUdp({
      type: messageType.con,
      id: 1,
      code: method.post,
      token: Uint8Array.of(1),
      options: [...texts(option.uriPath, ['rd']), ...texts(option.uriQuery, ['ep=box-2', 'lt=60'])],
      payload: links,
    })
    for (let round = 0; round < 3000; round++) {
      socket.send(mutated(sample, random), server.port, server.host)
      if (round % 200 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    await device.update()
    expect(await installs('unit')).toMatchObject({ result: 'installed' })
    expect(fuzz([sample], decodeUdp, 3)).toEqual([])
  })
})
