import * as wire from '@sutler/wire'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNativeProtocol } from './index.ts'
import { RecordingHost } from './test/host.ts'
import { Wires } from './test/wires.ts'
import type { DeviceProtocol, Input, QueuedOutput } from '@sutler/device-model'

const device = 'dev-00000001'
const resend = wire.limits.resendMilliseconds + 1

/** One device session against the protocol package over wires that lose, double and reorder, with a host that fails. */
class World {
  readonly wires = new Wires()
  readonly host = new RecordingHost()
  readonly protocol: DeviceProtocol = createNativeProtocol({ transport: this.wires })
  readonly session = wire.createDeviceSession('b1')
  readonly queue = new Map<number, QueuedOutput>()
  readonly inputs = new Map<string, Input>()
  #now = 0

  async start(): Promise<void> {
    this.host.take = async (inputs) => {
      for (const input of inputs) this.inputs.set(input.id, input)
      return inputs.map(() => null)
    }
    await this.protocol.start(this.host)
    this.connect()
  }

  connect(): void {
    this.wires.cut(device)
    this.wires.join(device)
    this.wires.sent.clear()
    wire.sessionConnected(this.session)
    wire.queueUp(this.session, { t: 'hello', versions: [1], agent: 'test/1', boot: 'b1' })
  }

  order(id: number): void {
    this.queue.set(id, {
      id,
      device,
      output: { kind: 'remove', delivery: `dlv-${id}`, epoch: id, service: 'tv-guide', role: 'files', unit: null },
    })
  }

  /** Both sides send what is due; each message is lost, doubled or held back as the dice say. */
  async exchange(dice: readonly number[], fails: boolean): Promise<void> {
    let throws = 0
    const copies = () => [1, 1, 1, 0, 2][(dice[throws++ % dice.length] ?? 0) % 5]!
    this.#now += resend
    const { take } = this.host
    if (fails) this.host.take = () => Promise.reject(new Error('no database'))
    const up = wire
      .dueMessages(this.session, this.#now)
      .flatMap((bytes) => Array.from({ length: copies() }, () => bytes))
    if ((dice[0] ?? 0) % 2 === 1) up.reverse()
    for (const bytes of up) this.wires.arrive(device, bytes)
    // Two turns: the protocol collects in one and works in the next.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
    this.host.take = take
    for (const { output } of this.host.taken) this.queue.delete(output)
    await this.protocol.send([...this.queue.values()].slice(0, wire.limits.unacknowledged))
    const down = this.wires.sentTo(device).flatMap((bytes) => Array.from({ length: copies() }, () => bytes))
    this.wires.sent.clear()
    for (const bytes of down) this.#receive(wire.decodeDown(bytes))
  }

  #receive(message: wire.DownMessage): void {
    const received = wire.receiveDown(this.session, message)
    if (received.kind !== 'new' && received.kind !== 'again') return
    if (received.message.t === 'remove') {
      const { delivery } = received.message
      wire.queueUp(this.session, { t: 'outcome', delivery, result: 'removed', digests: [], health: { ok: true } })
    }
    wire.acknowledgeDown(this.session, received.message.id)
  }
}

const round = fc.record({
  order: fc.boolean(),
  reconnect: fc.nat(5).map((n) => n === 0),
  fails: fc.nat(3).map((n) => n === 0),
  dice: fc.array(fc.nat(100), { minLength: 1, maxLength: 20 }),
})

test('over lossy wires every output is taken and every answer arrives, each meaning once', async () => {
  const property = fc.asyncProperty(fc.array(round, { maxLength: 25 }), async (rounds) => {
    const world = new World()
    await world.start()
    let ordered = 0
    for (const { order, reconnect, fails, dice } of rounds) {
      if (order) world.order(++ordered)
      if (reconnect) world.connect()
      await world.exchange(dice, fails)
    }
    for (let calm = 0; calm < 10; calm++) await world.exchange([0], false)
    expect(world.queue.size).toBe(0)
    expect(world.session.outbox).toEqual([])
    const answers = new Map<string, Set<string>>()
    for (const input of world.inputs.values()) {
      if (!('delivery' in input)) continue
      answers.set(input.delivery, (answers.get(input.delivery) ?? new Set()).add(input.kind))
    }
    expect([...answers.values()].every((kinds) => kinds.size === 1)).toBe(true)
    expect(answers.size).toBe(ordered)
    expect(world.protocol.reaches(device)).toBe(true)
    await world.protocol.stop()
  })
  await expect(fc.assert(property, { numRuns: 100 })).resolves.not.toThrow()
})
