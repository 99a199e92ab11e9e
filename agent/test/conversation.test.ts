import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { component } from './components.ts'
import { HubDouble } from './hub-double.ts'
import { inUse, makeDirectory, removeDirectory, startAgent } from './running-agent.ts'
import type { RunningAgent, StartOptions } from './running-agent.ts'

/** Of somebody else, SubjectPublicKeyInfo. */
function otherKey(): Buffer {
  return generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })
}

let hub: HubDouble
let directory: string
let agent: RunningAgent

beforeEach(async () => {
  hub = await HubDouble.start()
  directory = makeDirectory()
  agent = startAgent(hub, directory)
  await hub.when(() => hub.received.some(({ t }) => t === 'hello'))
})

afterEach(async () => {
  await agent.stop()
  await hub.stop()
  removeDirectory(directory)
})

async function reboot(options: StartOptions = {}): Promise<void> {
  await agent.stop()
  const hellos = hub.received.filter(({ t }) => t === 'hello').length
  agent = startAgent(hub, directory, options)
  await hub.when(() => hub.received.filter(({ t }) => t === 'hello').length > hellos, 'a hello')
}

const one = component({ a: '1' })
const two = component({ a: '2' }, { version: '2.0.0' })
const declineOf = (delivery: string) => () => hub.received.find((m) => m.t === 'decline' && m.delivery === delivery)
/** Holds back every file until let go. */
function holdFiles(): () => void {
  const held: (() => void)[] = []
  hub.fileFault = (digest, _request, response) => {
    held.push(() => response.end(hub.blobs.get(digest)))
    return true
  }
  return () => {
    hub.fileFault = () => false
    for (const release of held) release()
  }
}

describe('offers and cancels in any order', () => {
  it('the same offer many times is one installation', async () => {
    const offer = hub.offer(one, 'd1', 1)
    for (let i = 0; i < 5; i++) hub.transmit(hub.device, offer)
    await hub.outcome('d1')
    await hub.when(() => hub.quiet)
    hub.transmit(hub.device, offer)
    hub.send({ id: hub.outputId(), t: 'ping' })
    await hub.when(() => hub.quiet)
    expect(hub.received.filter(({ t }) => t === 'outcome')).toHaveLength(1)
    expect(hub.received.filter(({ t }) => t === 'accept')).toHaveLength(1)
  })

  it('an older intention that comes late is declined, also after a restart', async () => {
    hub.offer(two, 'd2', 5)
    await hub.outcome('d2')
    hub.offer(one, 'd1', 4)
    expect(await hub.when(declineOf('d1'))).toMatchObject({ reason: 'superseded' })
    await reboot()
    hub.offer(one, 'd0', 3)
    expect(await hub.when(declineOf('d0'))).toMatchObject({ reason: 'superseded' })
    hub.send({ id: hub.outputId(), t: 'remove', delivery: 'r', epoch: 4, service: 'tv-guide' })
    expect(await hub.when(declineOf('r'))).toMatchObject({ reason: 'superseded' })
    expect(inUse(directory)).toEqual({ a: '2' })
  })

  it('a newer intention takes the place of one that is still being fetched', async () => {
    const release = holdFiles()
    hub.offer(one, 'd1', 1)
    await hub.when(() => hub.requests.length > 0)
    hub.offer(two, 'd2', 2)
    expect(await hub.when(declineOf('d1'))).toMatchObject({ reason: 'superseded' })
    release()
    expect(await hub.outcome('d2')).toMatchObject({ result: 'installed' })
    expect(inUse(directory)).toEqual({ a: '2' })
  })

  it('a newer intention waits for one that is already in use', async () => {
    const slow = { run: ['node', '-e', 'setTimeout(() => {}, 150)'], timeoutSeconds: 5 }
    hub.offer(component({ a: '1' }, { health: slow }), 'd1', 1)
    await hub.when(() => inUse(directory) !== null)
    hub.offer(two, 'd2', 2)
    expect(await hub.outcome('d1')).toMatchObject({ result: 'installed' })
    expect(await hub.outcome('d2')).toMatchObject({ result: 'installed' })
    expect(inUse(directory)).toEqual({ a: '2' })
  })

  it('a cancel that comes first is remembered, also over a restart', async () => {
    hub.send({ id: hub.outputId(), t: 'cancel', delivery: 'd1' })
    await hub.when(() => hub.quiet)
    await reboot()
    hub.offer(one, 'd1', 1)
    expect(await hub.when(declineOf('d1'))).toMatchObject({ reason: 'refused', detail: 'cancelled' })
    expect(inUse(directory)).toBeNull()
  })

  it('a cancel ends a download and leaves nothing', async () => {
    const release = holdFiles()
    hub.offer(one, 'd1', 1)
    await hub.when(() => hub.requests.length > 0)
    hub.send({ id: hub.outputId(), t: 'cancel', delivery: 'd1' })
    expect(await hub.outcome('d1')).toMatchObject({ result: 'failed', error: 'cancelled' })
    release()
    expect(inUse(directory)).toBeNull()
    hub.offer(two, 'd2', 2)
    expect(await hub.outcome('d2')).toMatchObject({ result: 'installed' })
  })

  it('a cancel that comes too late changes nothing', async () => {
    hub.offer(one, 'd1', 1)
    await hub.outcome('d1')
    hub.send({ id: hub.outputId(), t: 'cancel', delivery: 'd1' })
    await hub.when(() => hub.quiet)
    expect(inUse(directory)).toEqual({ a: '1' })
  })

  it('an offer of what is in place already is answered with its proof once more', async () => {
    hub.offer(one, 'd1', 1)
    await hub.outcome('d1')
    await hub.when(() => hub.quiet)
    hub.requests.length = 0
    hub.offer(one, 'd1', 1)
    await hub.when(() => hub.received.filter(({ t }) => t === 'outcome').length === 2)
    expect(hub.received.findLast(({ t }) => t === 'outcome')).toMatchObject({ result: 'installed' })
    expect(hub.requests).toEqual([])
  })

  it('a name of a service that would leave the directory is refused', async () => {
    const evil = component({ a: '1' }, { service: '../../evil' })
    hub.offer(evil, 'd1', 1)
    expect(await hub.when(declineOf('d1'))).toMatchObject({ reason: 'refused' })
    hub.send({ id: hub.outputId(), t: 'remove', delivery: 'r', epoch: 1, service: '..' })
    expect(await hub.when(declineOf('r'))).toMatchObject({ reason: 'refused' })
  })
})

describe('messages to the hub', () => {
  it('that it has not acknowledged survive a restart, with their ids', async () => {
    hub.acknowledges = false
    hub.offer(one, 'd1', 1)
    const outcome = await hub.outcome('d1')
    await agent.stop()
    hub.received.length = 0
    hub.acknowledges = true
    await reboot()
    expect((await hub.outcome('d1')).id).toBe(outcome.id)
    // Answered after the acknowledgements sent before it.
    hub.send({ id: hub.outputId(), t: 'ping' })
    await hub.when(() => hub.quiet)
    hub.received.length = 0
    await reboot()
    hub.send({ id: hub.outputId(), t: 'ping' })
    await hub.when(() => hub.quiet)
    expect(hub.received.map(({ t }) => t)).toEqual(['hello'])
  })

  it('say nothing twice: capabilities that have not changed are not sent again', async () => {
    await hub.when(() => hub.received.some(({ t }) => t === 'capabilities'))
    hub.send({ id: hub.outputId(), t: 'ping' })
    await hub.when(() => hub.quiet)
    await reboot()
    hub.send({ id: hub.outputId(), t: 'ping' })
    await hub.when(() => hub.quiet)
    expect(hub.received.filter(({ t }) => t === 'capabilities')).toHaveLength(1)
  })
})

describe('the connection', () => {
  it('comes back after it was lost, and what was queued meanwhile is delivered', async () => {
    hub.dropConnections()
    hub.offer(one, 'd1', 1)
    expect(await hub.outcome('d1')).toMatchObject({ result: 'installed' })
    expect(hub.connections).toBeGreaterThan(1)
  })

  it.each([-315_360_000_000, 315_360_000_000])('is made by a device whose clock is off by %d ms', async (off) => {
    await reboot({ platform: (real) => ({ ...real, clock: { ...real.clock, now: () => Date.now() + off } }) })
    hub.offer(one, 'd1', 1)
    expect(await hub.outcome('d1')).toMatchObject({ result: 'installed' })
    expect(hub.refusals).toBe(1)
  })

  it('is not tried hastily when the hub refuses the device for good', async () => {
    await agent.stop()
    hub.keys.set(hub.device, otherKey())
    const waits: number[] = []
    agent = startAgent(hub, directory, {
      settings: { reconnect: { first: 1, most: 60_000 } },
      platform: (real) => ({
        ...real,
        clock: { ...real.clock, now: () => Date.now() - 600_000 },
        log: {
          info: real.log.info,
          warn: (_message, fields) => fields && 'delay' in fields && waits.push(Number(fields['delay'])),
        },
      }),
    })
    await hub.when(() => waits.length >= 4, 'four waits')
    expect(hub.refusals).toBeLessThan(8)
  })
})

describe('enrolment', () => {
  it('with a refused claim ends the agent with a clear error', async () => {
    const other = makeDirectory()
    const refused = startAgent(hub, other, { claim: 'clm_used' })
    await expect(refused.ended).rejects.toMatchObject({ code: 'claim-refused', message: /unknown, used up or expired/ })
    removeDirectory(other)
  })

  it('asks again while a person has to agree, and says what it waits for', async () => {
    const other = makeDirectory()
    hub.undecided = 2
    const reasons: string[] = []
    const before = hub.keys.size
    const waiting = startAgent(hub, other, {
      platform: (real) => ({
        ...real,
        log: { info: real.log.info, warn: (_message, fields) => reasons.push(String(fields?.['reason'])) },
      }),
    })
    await hub.when(() => hub.keys.size > before, 'the enrolment')
    expect(reasons).toEqual(Array(2).fill('a person has to agree first: sutler enrolment approve enr-1'))
    await waiting.stop()
    removeDirectory(other)
  })

  it('without a claim says what is missing', async () => {
    const other = makeDirectory()
    const refused = startAgent(hub, other, { claim: null })
    await expect(refused.ended).rejects.toMatchObject({ code: 'not-enrolled' })
    removeDirectory(other)
  })
})
