import { readFile } from 'node:fs/promises'
import { createFleet } from '@sutler/simulators'
import { serveParent } from './bench-process.ts'

/** A simulated fleet in a process of its own, led by its parent: `FleetQuestion` in, the named answer out. */

export type FleetQuestion =
  /** Enrols and connects devices in households of three; with a service, orders it for each household when it is ready. */
  | {
      readonly do: 'start'
      readonly hub: string
      /** File with the certificates of its authority. */
      readonly ca: string
      readonly token: string
      readonly devices: number
      readonly seed: number
      readonly service: string | null
    }
  /** Orders the service for every household. */
  | { readonly do: 'order'; readonly service: string }
  | { readonly do: 'memory' }
  | { readonly do: 'stop' }

/** Unix milliseconds. */
export interface FleetStarted {
  readonly began: number
  readonly ready: number
}

/** Unix milliseconds. */
export interface FleetOrdered {
  /** Order id and the moment at which it was sent to the hub. */
  readonly orders: readonly (readonly [string, number])[]
  /** The hub had acknowledged every device's outcome. */
  readonly reported: number
}

/** Bytes. */
export interface FleetMemory {
  readonly resident: number
  readonly heap: number
  readonly external: number
}

/** Orders that are placed at the same time; as many as the fleet itself does. */
const together = 16
const reportDeadline = 300_000

let fleet: ReturnType<typeof createFleet> | null = null
let service: string | null = null

serveParent(async (question: FleetQuestion) => {
  switch (question.do) {
    case 'start':
      return start(question)
    case 'order':
      return order(question.service)
    case 'memory':
      return memory()
    case 'stop':
      return fleet?.stop()
  }
})

async function start(question: Extract<FleetQuestion, { do: 'start' }>): Promise<FleetStarted> {
  const { hub, ca, token, devices, seed } = question
  service = question.service
  await fleet?.stop()
  fleet = createFleet({
    hub,
    authority: await readFile(ca, 'utf8'),
    token,
    devices,
    seed,
    order: service === null ? null : { service, version: '1.0.0' },
    checkOrders: false,
  })
  await fleet.start()
  const { began, ready } = fleet.moments
  const { problems, ready: connected } = fleet.statistics
  if (connected !== devices) throw new Error(`only ${connected} of ${devices} connected: ${JSON.stringify(problems)}`)
  return { began: unix(began), ready: unix(ready) }
}

async function order(wanted: string): Promise<FleetOrdered> {
  const running = fleet!
  if (service === null) await placeOrders(wanted)
  const deadline = performance.now() + reportDeadline
  while (running.households.some(({ reported, devices }) => reported.size < devices.length)) {
    if (performance.now() > deadline) throw new Error(`not all reported: ${JSON.stringify(running.result())}`)
    await running.wheel.sleep(20)
  }
  return {
    orders: running.households.map(({ order, orderedAt }) => [order, unix(orderedAt)]),
    reported: unix(running.moments.lastOutcome),
  }
}

async function placeOrders(wanted: string): Promise<void> {
  const waiting = fleet!.households.values()
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (const household of waiting) await household.placeOrder(wanted, '1.0.0')
    }),
  )
}

/** What is left after two full collections, when run with --expose-gc. */
function memory(): FleetMemory {
  globalThis.gc?.()
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { resident: rss, heap: heapUsed, external }
}

/** The fleet's clock counts from its making. */
function unix(moment: number): number {
  return Date.now() - fleet!.wheel.now() + moment
}
