import { decodeDown, decodeUp, encode, limits } from '@sutler/wire'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createNativeProtocol } from './index.ts'
import { RecordingHost } from './test/host.ts'
import { Wires } from './test/wires.ts'
import type { DownMessage, UpMessage } from '@sutler/wire'
import type { DeviceProtocol, Output, QueuedOutput } from '@sutler/device-model'
import type { NativeProblem } from './index.ts'

const device = 'dev-00000001'
const hello: UpMessage = { id: 'b-1', t: 'hello', versions: [1], agent: 'test/1', boot: 'b' }
const link = { base: 'http://hub/files/x', query: 'd=1', expires: 1_790_000_000 }
const install: Output = {
  kind: 'install',
  delivery: 'dlv-1',
  epoch: 3,
  service: 'tv-guide',
  version: '1.0.0',
  component: 'app',
  manifest: { digest: 'ab'.repeat(32), size: 100 },
  files: 2,
  bytes: 10,
  role: 'files',
  reports: { name: 'tv-guide', version: '1.0.0' },
}

let wires: Wires
let host: RecordingHost
let problems: NativeProblem[]
let protocol: DeviceProtocol

beforeEach(async () => {
  wires = new Wires()
  host = new RecordingHost()
  problems = []
  protocol = createNativeProtocol({ transport: wires, onProblem: (problem) => problems.push(problem) })
  await protocol.start(host)
  wires.join(device)
})

function say(...messages: UpMessage[]): void {
  for (const message of messages) wires.arrive(device, encode(message))
}

function heard(): DownMessage[] {
  return wires.sentTo(device).map(decodeDown)
}

/** Waits until the device has got that many messages, and takes them. */
async function hears(count: number): Promise<DownMessage[]> {
  await vi.waitUntil(() => wires.sentTo(device).length >= count, { interval: 1 })
  const messages = heard()
  wires.sent.clear()
  return messages
}

function queued(id: number, output: Output): QueuedOutput {
  return output.kind === 'install' ? { id, device, output, link } : { id, device, output }
}

describe('a device that connects', () => {
  test('is reachable after its hello, not before', async () => {
    expect(protocol.reaches(device)).toBe(false)
    say(hello)
    expect(await hears(1)).toEqual([{ t: 'ack', re: ['b-1'] }])
    expect(host.calls).toEqual([{ device, inputs: [{ id: 'b-1', kind: 'hello', agent: 'test/1', boot: 'b' }] }])
    expect(host.reach).toEqual([`+${device}`])
    expect(protocol.reaches(device)).toBe(true)
  })

  test('is unreachable once its connection ends, and again reachable after the next hello', async () => {
    say(hello)
    await hears(1)
    wires.cut(device)
    expect(protocol.reaches(device)).toBe(false)
    wires.join(device)
    expect(protocol.reaches(device)).toBe(false)
    say({ ...hello, id: 'b-2' })
    await hears(1)
    expect(host.reach).toEqual([`+${device}`, `-${device}`, `+${device}`])
  })

  test('that speaks no version of the hub is told so and not reachable', async () => {
    say({ ...hello, versions: [3, 2] })
    expect(await hears(1)).toEqual([{ t: 'ack', re: ['b-1'], error: 'unsupported-version' }])
    expect(host.calls).toEqual([])
    expect(host.reach).toEqual([])
    expect(problems).toMatchObject([{ kind: 'refused', device }])
  })

  test('is reachable after any message, when this hub did not see its hello', async () => {
    say({ id: 'b-7', t: 'accept', delivery: 'dlv-1' })
    await hears(1)
    expect(host.reach).toEqual([`+${device}`])
  })
})

describe('what a device says', () => {
  test('is handed over in one call when it arrives together, and acknowledged in one message', async () => {
    const digest = new Uint8Array(32).fill(0xab)
    say(
      hello,
      { id: 'b-2', t: 'decline', delivery: 'd', reason: 'no-space' },
      {
        id: 'b-3',
        t: 'outcome',
        delivery: 'd',
        result: 'failed',
        digests: [digest, null],
        health: { ok: false },
        error: 'x',
      },
      { id: 'b-2', t: 'decline', delivery: 'd', reason: 'no-space' },
    )
    expect(await hears(1)).toEqual([{ t: 'ack', re: ['b-1', 'b-2', 'b-3'] }])
    expect(host.calls).toHaveLength(1)
    expect(host.calls[0]?.inputs.slice(1)).toEqual([
      { id: 'b-2', kind: 'declined', delivery: 'd', reason: 'no-space', detail: '' },
      {
        id: 'b-3',
        kind: 'outcome',
        delivery: 'd',
        result: 'failed',
        digests: ['ab'.repeat(32), null],
        health: { ok: false, detail: '' },
        error: 'x',
      },
    ])
  })

  test('is acknowledged only after the host has it; what comes meanwhile is the next call', async () => {
    const { promise, resolve } = Promise.withResolvers<(string | null)[]>()
    host.take = () => promise
    say(hello)
    await vi.waitUntil(() => host.calls.length === 1, { interval: 1 })
    say({ id: 'b-2', t: 'accept', delivery: 'd' }, { id: 'b-3', t: 'renew', delivery: 'd' })
    expect(heard()).toEqual([])
    host.take = async (inputs) => inputs.map(() => null)
    resolve([null])
    expect(await hears(2)).toEqual([
      { t: 'ack', re: ['b-1'] },
      { t: 'ack', re: ['b-2', 'b-3'] },
    ])
    expect(host.calls.map((call) => call.inputs.length)).toEqual([1, 2])
  })

  test('is refused with the code that the host gives', async () => {
    host.take = async () => ['unknown-delivery', null]
    say({ id: 'b-1', t: 'accept', delivery: 'd' }, { id: 'b-2', t: 'renew', delivery: 'd' })
    expect(await hears(2)).toEqual([
      { t: 'ack', re: ['b-1'], error: 'unknown-delivery' },
      { t: 'ack', re: ['b-2'] },
    ])
  })

  test('is not acknowledged when the host fails, so that the device sends it again', async () => {
    host.take = () => Promise.reject(new Error('no database'))
    say(hello, { id: 'b-2', t: 'ping' })
    expect(await hears(1)).toEqual([{ t: 'ack', re: ['b-2'] }])
    expect(host.reach).toEqual([])
    expect(problems).toMatchObject([{ kind: 'not-taken', device }])
    host.take = async (inputs) => inputs.map(() => null)
    say(hello)
    expect(await hears(1)).toEqual([{ t: 'ack', re: ['b-1'] }])
  })

  test('a ping is answered without the host', async () => {
    say({ id: 'b-1', t: 'ping' })
    expect(await hears(1)).toEqual([{ t: 'ack', re: ['b-1'] }])
    expect(host.calls).toEqual([])
  })

  test('an unknown type or a wrong field is acknowledged with its code when the id is readable', async () => {
    wires.arrive(device, encode({ id: 'b-1', t: 'teleport' } as never))
    wires.arrive(device, encode({ id: 'b-2', t: 'accept' } as never))
    expect(await hears(2)).toEqual([
      { t: 'ack', re: ['b-1'], error: 'unknown-type' },
      { t: 'ack', re: ['b-2'], error: 'bad-field' },
    ])
    expect(problems.map((problem) => problem.kind)).toEqual(['refused', 'refused'])
    expect(host.reach).toEqual([])
  })

  test('bytes that are no message are dropped and counted, and the rest is taken', async () => {
    wires.arrive(device, Uint8Array.of(0xff, 0xff))
    wires.arrive(device, new Uint8Array(limits.messageBytes + 1))
    say({ id: 'b-1', t: 'renew', delivery: 'd' })
    expect(await hears(1)).toEqual([{ t: 'ack', re: ['b-1'] }])
    expect(problems.map((problem) => problem.kind)).toEqual(['dropped', 'dropped'])
  })

  test('a flood ends the connection', () => {
    for (let count = 0; count < 300; count++) say({ id: `b-${count}`, t: 'ping' })
    expect(wires.thrownOut).toEqual([device])
    expect(problems).toMatchObject([{ kind: 'flood', device }])
  })

  test('a flood of bytes ends the connection', () => {
    for (let count = 0; count < 5; count++) wires.arrive(device, new Uint8Array(limits.messageBytes))
    expect(wires.thrownOut).toEqual([device])
  })
})

describe('what the hub wants', () => {
  test('becomes a message each, in order, with the output id as its id', async () => {
    await protocol.send([
      queued(41, install),
      queued(42, { kind: 'remove', delivery: 'dlv-2', epoch: 4, service: 'tv-guide', role: 'files', unit: null }),
      queued(43, { kind: 'cancel', delivery: 'dlv-1', reason: '' }),
      queued(44, { kind: 'cancel', delivery: 'dlv-1', reason: 'withdrawn' }),
      queued(45, { kind: 'query-capabilities' }),
      queued(46, { kind: 'ping' }),
    ])
    const { kind: _, role: _role, reports: _reports, ...offer } = install as Extract<Output, { kind: 'install' }>
    const manifest = { digest: new Uint8Array(32).fill(0xab), size: 100 }
    expect(heard()).toEqual([
      { id: '41', t: 'offer', ...offer, manifest, link },
      { id: '42', t: 'remove', delivery: 'dlv-2', epoch: 4, service: 'tv-guide' },
      { id: '43', t: 'cancel', delivery: 'dlv-1' },
      { id: '44', t: 'cancel', delivery: 'dlv-1', reason: 'withdrawn' },
      { id: '45', t: 'query' },
      { id: '46', t: 'ping' },
    ])
  })

  test('leaves the queue when the device acknowledges it, with the error if there is one', async () => {
    say(
      { t: 'ack', re: ['41', '42', 'x', '-1', '99999999999999999999'] },
      { t: 'ack', re: ['43'], error: 'unknown-type' },
    )
    await vi.waitUntil(() => host.taken.length === 3, { interval: 1 })
    expect(host.taken).toEqual([
      { device, output: 41, error: null },
      { device, output: 42, error: null },
      { device, output: 43, error: 'unknown-type' },
    ])
  })

  test('is not sent to a device that is away, and no failure of the transport reaches the caller', async () => {
    wires.broken = true
    await protocol.send([queued(41, { kind: 'ping' })])
    expect(problems).toMatchObject([{ kind: 'not-sent', device }])
    wires.broken = false
    wires.cut(device)
    await protocol.send([queued(41, { kind: 'ping' })])
    expect(heard()).toEqual([])
  })

  test('that no message can carry is explained, and leaves the queue with a code instead of blocking it', async () => {
    expect(protocol.limits(install, null)).toBeNull()
    expect(protocol.limits({ ...install, files: 5000 }, null)).toBe(
      'a component has at most 4096 files, this one has 5000',
    )
    const endless: Output = { kind: 'cancel', delivery: 'dlv-1', reason: 'x'.repeat(5000) }
    await protocol.send([
      queued(41, endless),
      queued(42, { kind: 'ping' }),
      queued(43, { kind: 'configure', settings: { volume: 0.5 } }),
    ])
    expect(host.taken).toEqual([
      { device, output: 41, error: 'too-large' },
      { device, output: 43, error: 'bad-field' },
    ])
    expect(heard()).toEqual([{ id: '42', t: 'ping' }])
  })

  test('beside deliveries becomes a message each, within what a message holds', async () => {
    await protocol.send([
      queued(41, { kind: 'collect-log', request: 'log-1', bytes: 1_000_000 }),
      queued(42, { kind: 'collect-log', request: 'log-2', bytes: 100, since: 1_790_000_000_500 }),
      queued(43, { kind: 'restart', reason: '' }),
      queued(44, { kind: 'restart', reason: 'asked' }),
      queued(45, { kind: 'configure', settings: { volume: 5, mute: false } }),
      queued(46, { kind: 'message', text: 'Good evening' }),
    ])
    expect(heard()).toEqual([
      { id: '41', t: 'collect', request: 'log-1', bytes: limits.logBytes },
      { id: '42', t: 'collect', request: 'log-2', bytes: 100, since: 1_790_000_000 },
      { id: '43', t: 'restart' },
      { id: '44', t: 'restart', reason: 'asked' },
      { id: '45', t: 'configure', settings: { volume: 5, mute: false } },
      { id: '46', t: 'show', text: 'Good evening' },
    ])
  })

  test('an install without a link, or sending before start, is the caller’s mistake', async () => {
    await expect(protocol.send([{ id: 1, device, output: install }])).rejects.toMatchObject({ code: 'no-link' })
    await protocol.stop()
    await expect(protocol.send([queued(1, install)])).rejects.toMatchObject({ code: 'not-started' })
  })
})

test('after stop nothing is taken', async () => {
  await protocol.stop()
  say(hello)
  expect(host.calls).toEqual([])
})

test('the messages that devices get are decodable only as messages of the hub', async () => {
  await protocol.send([queued(41, install)])
  expect(() => decodeUp(wires.sentTo(device)[0]!)).toThrow(/unknown-type/)
})
