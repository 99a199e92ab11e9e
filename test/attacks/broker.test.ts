import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import mqttPacket from 'mqtt-packet'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { long } from '../support/thoroughness.ts'
import { until } from '../support/until.ts'
import type { BrokerQuestion } from './broker-process.ts'
import { mutated, random, seed } from './mutations.ts'

/** Each attack on the broker, and each trap of it that was measured, by name. What one connection does must harm no other. */

const patience = 60_000
/** `SUTLER_IDLE_SOCKETS=10000` for the long run; each takes a file here and one at the broker. */
const idleSockets = Number(process.env['SUTLER_IDLE_SOCKETS'] ?? 3_000)
let child: ChildProcess
let port: number
let asked = 0
const sockets: Socket[] = []

beforeAll(async () => {
  const program = new URL('broker-process.ts', import.meta.url).pathname
  child = fork(program, { execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [started] = (await once(child, 'message')) as [{ port: number }]
  port = started.port
}, patience)

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(() => void child?.kill())

function ask<T>(question: BrokerQuestion): Promise<T> {
  const id = ++asked
  return new Promise((resolve) => {
    const listen = (answer: { id: number; result: T }): void => {
      if (answer.id !== id) return
      child.off('message', listen)
      resolve(answer.result)
    }
    child.on('message', listen)
    child.send({ id, question })
  })
}

const packet = (value: object) => mqttPacket.generate(value as never)
const connectPacket = (id: string, more: object = {}) =>
  packet({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: id,
    keepalive: 60,
    username: id,
    password: Buffer.from('good'),
    ...more,
  })
const subscribe = (...topics: string[]) =>
  packet({ cmd: 'subscribe', messageId: 7, subscriptions: topics.map((topic) => ({ topic, qos: 1 })) })

interface Peer {
  readonly socket: Socket
  /** Packets that came. */
  readonly heard: { cmd: string; returnCode?: number; granted?: number[]; topic?: string; payload?: Buffer }[]
  readonly gone: () => boolean
}

function open(): Peer {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => {})
  sockets.push(socket)
  const heard: Peer['heard'] = []
  const parser = mqttPacket.parser()
  parser.on('packet', (each) => heard.push(each as never))
  socket.on('data', (bytes) => parser.parse(bytes))
  let ended = false
  socket.on('end', () => socket.destroy())
  socket.on('close', () => (ended = true))
  return { socket, heard, gone: () => ended }
}

/** Connected, and listening on its own topic. */
async function device(id: string): Promise<Peer> {
  const peer = open()
  peer.socket.write(Buffer.concat([connectPacket(id), subscribe(`sutler/1/${id}/down`)]))
  await until(() => peer.heard.some(({ cmd }) => cmd === 'suback'), { deadline: patience })
  return peer
}

const published = ({ heard }: Peer) => heard.filter(({ cmd }) => cmd === 'publish')
const closed = (peer: Peer) => until(peer.gone, { deadline: patience, what: 'the broker closes the connection' })

/** A device that was there before goes on being served. */
async function served(peer: Peer, id: string): Promise<boolean> {
  const before = published(peer).length
  expect(await ask({ do: 'publish', device: id, count: 3, size: 10 })).toBe(0)
  return until(() => published(peer).length === before + 3, { deadline: patience })
}

describe('what a device listens to', { timeout: patience }, () => {
  test.each(['#', '+', '+/+/+/+', '$SYS/#', '$share/g/sutler/1/dev-victim-1/down', 'sutler/1/dev-victim-1/down'])(
    '%s is answered with 128 and nothing is kept',
    async (filter) => {
      const victim = await device('dev-victim-1')
      const nosy = open()
      nosy.socket.write(Buffer.concat([connectPacket('dev-nosy-one'), subscribe(filter)]))
      await until(() => nosy.gone() || nosy.heard.some(({ cmd }) => cmd === 'suback'))
      const granted = nosy.heard.find(({ cmd }) => cmd === 'suback')?.granted
      expect(granted ?? [128]).toEqual([128])
      await served(victim, 'dev-victim-1')
      expect(published(nosy)).toEqual([])
    },
  )

  test('trap: a mixed subscribe, then a reconnect that asks for the kept session: nothing leaks', async () => {
    const victim = await device('dev-victim-2')
    for (let turn = 0; turn < 2; turn++) {
      const nosy = open()
      nosy.socket.write(connectPacket('dev-nosy-two', { clean: false }))
      if (turn === 0) nosy.socket.write(subscribe('sutler/1/dev-nosy-two/down', '#'))
      await until(() => nosy.heard.length > 0)
      await served(victim, 'dev-victim-2')
      expect(nosy.heard.find(({ cmd }) => cmd === 'connack')).toMatchObject({ returnCode: 0, sessionPresent: false })
      expect(published(nosy)).toEqual([])
      nosy.socket.destroy()
      await closed(nosy)
    }
  })

  test('50,000 filters are capped', async () => {
    const peer = open()
    peer.socket.write(connectPacket('dev-filters'))
    peer.socket.write(subscribe(...Array.from({ length: 50_000 }, (_, i) => `t/${i}`)))
    await closed(peer)
    expect(await served(await device('dev-after-them'), 'dev-after-them')).toBe(true)
  })

  test('a topic of 101 levels breaks nothing', async () => {
    const peer = open()
    peer.socket.write(Buffer.concat([connectPacket('dev-levels-101'), subscribe('a/'.repeat(101))]))
    await until(() => peer.gone() || peer.heard.some(({ cmd }) => cmd === 'suback'))
    expect(await served(await device('dev-after-101'), 'dev-after-101')).toBe(true)
  })
})

describe('who a device says it is', { timeout: patience }, () => {
  test.each(['+', '#', 'a/b', '__proto__', 'DEV-UPPER', 'x'.repeat(65)])('id %s is refused', async (id) => {
    const peer = open()
    peer.socket.write(connectPacket(id))
    await closed(peer)
    expect(peer.heard.find(({ cmd }) => cmd === 'connack')?.returnCode ?? 2).toBe(2)
  })

  test('another’s id without the proof is refused, and the rightful one stays', async () => {
    const rightful = await device('dev-rightful-1')
    const thief = open()
    thief.socket.write(connectPacket('dev-rightful-1', { password: Buffer.from('bad') }))
    await closed(thief)
    expect(await served(rightful, 'dev-rightful-1')).toBe(true)
  })

  test('a foreign will is refused, and never published', async () => {
    const victim = await device('dev-victim-3')
    const will = { topic: 'sutler/1/dev-victim-3/down', payload: Buffer.from('x'), qos: 1, retain: true }
    const peer = open()
    peer.socket.write(connectPacket('dev-willing', { will }))
    await closed(peer)
    await served(victim, 'dev-victim-3')
    expect(published(victim)).toHaveLength(3)
  })
})

describe('what a device publishes', { timeout: patience }, () => {
  test.each([
    ['retained', { topic: 'sutler/1/dev-writer-1/up', qos: 1, retain: true }],
    ['to another device', { topic: 'sutler/1/dev-victim-4/down', qos: 1, retain: false }],
    ['to $SYS', { topic: '$SYS/x', qos: 0, retain: false }],
  ])('%s is refused and reaches nobody', async (_what, publish) => {
    const victim = await device('dev-victim-4')
    const received = await ask({ do: 'received' })
    const peer = open()
    peer.socket.write(connectPacket('dev-writer-1'))
    peer.socket.write(packet({ cmd: 'publish', messageId: 5, dup: false, payload: 'x', ...publish }))
    await closed(peer)
    await served(victim, 'dev-victim-4')
    expect([published(victim).length, await ask({ do: 'received' })]).toEqual([3, received])
  })

  test('a declared length of 256 MB closes the connection, and memory grows by less than 1 MB', async () => {
    const before = await ask<number>({ do: 'memory' })
    for (const greeted of [true, false]) {
      const peer = open()
      if (greeted) peer.socket.write(connectPacket('dev-huge-one'))
      peer.socket.write(Buffer.from([greeted ? 0x32 : 0x10, 0xff, 0xff, 0xff, 0x7f]))
      peer.socket.write(Buffer.alloc(4_000_000))
      await closed(peer)
    }
    expect((await ask<number>({ do: 'memory' })) - before).toBeLessThan(1_000_000)
  })
})

describe('connections that wait', { timeout: patience }, () => {
  test('a dribbled CONNECT is closed within the deadline', async () => {
    const peer = open()
    const bytes = connectPacket('dev-dribbler')
    let at = 0
    const timer = setInterval(() => peer.socket.write(bytes.subarray(at, ++at)), 200)
    await closed(peer)
    clearInterval(timer)
    expect(at).toBeLessThan(bytes.length)
  })

  test('an authentication that hangs is closed within the deadline', async () => {
    const peer = open()
    peer.socket.write(connectPacket('dev-hanging-1', { password: Buffer.from('hang') }))
    await closed(peer)
    expect(peer.heard.find(({ cmd }) => cmd === 'connack')?.returnCode).toBe(3)
  })

  test('thousands of idle sockets are capped, and others are unharmed', { timeout: 5 * patience }, async () => {
    const lively = await device('dev-lively-1')
    const idle: Peer[] = []
    // No more at once than the server's queue of new connections holds.
    while (idle.length < idleSockets) {
      idle.push(...Array.from({ length: Math.min(1_000, idleSockets - idle.length) }, open))
      await until(() => idle.filter(({ socket, gone }) => socket.connecting && !gone()).length === 0, {
        deadline: patience,
      })
    }
    const capped = idleSockets - 1_000
    await until(() => idle.filter(({ gone }) => gone()).length >= capped, { deadline: patience })
    await served(lively, 'dev-lively-1')
    await until(() => idle.every(({ gone }) => gone()), { deadline: patience })
    expect(await served(await device('dev-after-idle'), 'dev-after-idle')).toBe(true)
  })
})

describe('what the hub sends', { timeout: patience }, () => {
  test('trap: a subscriber that stops reading is cut, and holds up no other', async () => {
    const lively = await device('dev-lively-2')
    const frozen = await device('dev-frozen-1')
    frozen.socket.pause()
    const given = ask<number>({ do: 'publish', device: 'dev-frozen-1', count: 100, size: 200_000 })
    for (let turn = 0; turn < 10; turn++) await served(lively, 'dev-lively-2')
    expect(await given).toBeGreaterThan(0)
    expect(await ask({ do: 'connected', device: 'dev-frozen-1' })).toBe(false)
  })

  test('trap: 20,000 messages queued at once do not end the process', async () => {
    const busy = await device('dev-busy-one')
    await ask({ do: 'publish', device: 'dev-busy-one', count: 20_000, size: 20 })
    await until(() => published(busy).length === 20_000, { deadline: patience })
    expect(await served(await device('dev-after-20k'), 'dev-after-20k')).toBe(true)
  })

  test('trap: messages of one turn all arrive, each once, whatever their number', async () => {
    const peer = await device('dev-one-turn')
    for (let turn = 0; turn < 20; turn++) await ask({ do: 'publish', device: 'dev-one-turn', count: 17, size: 4 })
    await until(() => published(peer).length === 340, { deadline: patience })
    expect(new Set(published(peer).map((each) => (each as unknown as { qos: number }).qos))).toEqual(new Set([1]))
  })

  test('trap: a device’s QoS 0 and QoS 1 messages of one turn are both taken', async () => {
    const before = await ask<number>({ do: 'received' })
    const peer = await device('dev-mixed-qos')
    const up = { cmd: 'publish', topic: 'sutler/1/dev-mixed-qos/up', dup: false, retain: false, payload: 'x' }
    for (let turn = 0; turn < 50; turn++)
      peer.socket.write(Buffer.concat([packet({ ...up, qos: 0 }), packet({ ...up, qos: 1, messageId: turn + 1 })]))
    const taken = async () => (await ask<number>({ do: 'received' })) - before
    expect(await until(async () => (await taken()) === 100, { deadline: patience })).toBe(true)
  })
})

describe('frames that are none', { timeout: 2 * patience }, () => {
  test('random mutations of MQTT packets, before and after the log-in, harm nobody', async () => {
    const lively = await device('dev-lively-3')
    const samples = [
      connectPacket('dev-mutant-1'),
      Buffer.concat([connectPacket('dev-mutant-1'), subscribe('sutler/1/dev-mutant-1/down')]),
      Buffer.concat([
        connectPacket('dev-mutant-1'),
        packet({
          cmd: 'publish',
          topic: 'sutler/1/dev-mutant-1/up',
          qos: 1,
          messageId: 3,
          dup: false,
          retain: false,
          payload: 'x',
        }),
        packet({ cmd: 'puback', messageId: 9 }),
        packet({ cmd: 'pingreq' }),
        packet({ cmd: 'unsubscribe', messageId: 4, unsubscriptions: ['sutler/1/dev-mutant-1/down'] }),
        packet({ cmd: 'disconnect' }),
      ]),
    ]
    const below = random(seed)
    const mutants = long ? 10_000 : 200
    for (let turn = 0; turn < mutants; turn += 50) {
      const peers = Array.from({ length: 50 }, open)
      for (const [at, { socket }] of peers.entries()) socket.end(mutated(samples[at % samples.length]!, below))
      await until(() => peers.every(({ gone }) => gone()), { deadline: patience })
      if (turn % 500 === 0) await served(lively, 'dev-lively-3')
    }
    expect(await served(await device('dev-after-mutants'), 'dev-after-mutants')).toBe(true)
  })
})
