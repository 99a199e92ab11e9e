import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ModelDevice, ModelHub } from '../test/convergence.ts'
import type { Offer } from '../index.ts'

const services = ['tv-guide', 'radio']

function offer(id: number): Offer {
  const service = services[id % 2]!
  const manifest = { digest: new Uint8Array(32).fill(id), size: 100 }
  const link = { base: 'http://hub/files/x', query: 'q', expires: 1_790_000_000 }
  const what = { version: `1.${id}.0`, component: 'app', manifest, files: 1, bytes: 10, link }
  return { id: String(id), t: 'offer', delivery: `dlv-${id}`, epoch: id, service, ...what }
}

class World {
  readonly device = new ModelDevice()
  readonly hub = new ModelHub()
  now = 0
  ordered = 0
  readonly cancelled = new Set<number>()

  constructor() {
    this.device.connect()
  }

  order(): void {
    this.ordered++
    this.hub.order(offer(this.ordered))
  }

  /** Only what was ordered as the newest may be cancelled, so that the end state does not depend on the moment. */
  cancel(): void {
    if (this.ordered === 0 || this.cancelled.has(this.ordered)) return
    this.cancelled.add(this.ordered)
    this.hub.order({ id: `c${this.ordered}`, t: 'cancel', delivery: `dlv-${this.ordered}` })
  }

  pass(milliseconds: number): void {
    this.now += milliseconds
    this.hub.send(this.now)
    this.device.send(this.now)
  }

  deliverDown(choice: number, keep = false): void {
    const bytes = this.hub.down.take(choice, keep)
    if (bytes) this.device.receive(bytes)
  }

  deliverUp(choice: number, keep = false): void {
    const bytes = this.device.up.take(choice, keep)
    if (bytes) this.hub.receive(bytes)
  }

  cut(): void {
    this.hub.down.lose()
    this.device.up.lose()
    this.device.connect()
  }

  /** The faults end; time passes until nothing moves any more. */
  heal(): void {
    for (let round = 0; round < 100 && !this.quiet; round++) {
      this.pass(31_000)
      while (this.hub.down.waiting + this.device.up.waiting > 0) {
        this.deliverDown(0)
        this.deliverUp(0)
      }
    }
  }

  get quiet(): boolean {
    return this.hub.queued === 0 && this.device.session.outbox.length === 0 && this.device.session.acks.length === 0
  }
}

const step = fc.oneof(
  { weight: 2, arbitrary: fc.constant((world: World) => world.order()) },
  { weight: 1, arbitrary: fc.constant((world: World) => world.cancel()) },
  { weight: 4, arbitrary: fc.nat(40_000).map((time) => (world: World) => world.pass(time)) },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(50), fc.boolean()).map((how) => (world: World) => world.deliverDown(...how)),
  },
  { weight: 4, arbitrary: fc.tuple(fc.nat(50), fc.boolean()).map((how) => (world: World) => world.deliverUp(...how)) },
  { weight: 1, arbitrary: fc.nat(50).map((choice) => (world: World) => void world.hub.down.take(choice)) },
  { weight: 1, arbitrary: fc.nat(50).map((choice) => (world: World) => void world.device.up.take(choice)) },
  { weight: 1, arbitrary: fc.constant((world: World) => world.cut()) },
  { weight: 1, arbitrary: fc.constant((world: World) => world.device.restart()) },
)

test('whatever is lost, doubled or reordered, both sides end in the same state', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const world = new World()
      for (const act of steps) act(world)
      world.heal()
      expect(world.quiet).toBe(true)
      for (const service of services) {
        const ids = Array.from({ length: world.ordered }, (_, index) => index + 1).filter(
          (id) => offer(id).service === service,
        )
        for (const id of ids) {
          const result = world.hub.results.get(`dlv-${id}`)
          expect(['installed', 'superseded', world.cancelled.has(id) ? 'refused' : 'installed']).toContain(result)
        }
        const done = ids.filter((id) => world.hub.results.get(`dlv-${id}`) === 'installed')
        const newest = ids.findLast((id) => !world.cancelled.has(id))
        // The newest intention that nobody took back is in place, or a newer one that was installed before its cancel.
        expect(done.at(-1) ?? 0).toBeGreaterThanOrEqual(newest ?? 0)
        expect(world.device.installed.get(service)).toBe(done.length > 0 ? `1.${done.at(-1)}.0` : undefined)
      }
    }),
    { numRuns: 400 },
  )
})
