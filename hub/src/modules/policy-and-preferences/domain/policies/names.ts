import type { JsonObject, Reference } from '@sutler/expressions'
import type { Trigger } from './trigger.ts'

/** What the expressions of a policy see by name, and what those things have. Keys that are `null` may have anything in them. */

type Shape = { readonly [key: string]: Shape | null }

const report: Shape = {
  class: null,
  hardware: { model: null, arch: null, cpus: null },
  os: { name: null, version: null },
  memory: { total: null },
  storage: { total: null, free: null },
  runtimes: null,
  features: null,
  timeZone: null,
  installed: null,
  network: null,
}
const household: Shape = { id: null, name: null, timeZone: null }
const device: Shape = {
  id: null,
  household: null,
  class: null,
  serial: null,
  name: null,
  state: null,
  reachable: null,
  report,
}
const subscription: Shape = { id: null, household: null, service: null, version: null, state: null }
const event: Shape = { type: null, subject: null, household: null, at: null, data: null }
const delivery: Shape = {
  id: null,
  order: null,
  device: null,
  household: null,
  kind: null,
  service: null,
  version: null,
  priority: null,
  bytes: null,
  files: null,
  origin: { kind: null, id: null },
}

/** Names that a policy's `if` and templates may use, by what sets it off. */
export function namesFor(trigger: Trigger): Shape {
  if (trigger.kind === 'delivery') return { delivery, device, household, now: null }
  const own = trigger.kind === 'event' ? { event } : { schedule: { due: null } }
  // An event has what it is about; a schedule only what it goes through.
  const of = trigger.each?.of
  const all = trigger.kind === 'event' && of === undefined
  return {
    ...own,
    ...(all || of !== undefined ? { household } : {}),
    ...(all || of === 'device' ? { device } : {}),
    ...(all || of === 'subscription' ? { subscription } : {}),
    now: null,
  }
}

/** Names that a hold's `deliveries` may use. */
export const namesOfDelivery: Shape = { delivery, device, household, now: null }

/** What is read that is never there; null when all is. */
export function unknownName(references: readonly Reference[], names: Shape): string | null {
  for (const { path } of references) {
    let place: Shape | null = names
    for (const [at, key] of path.entries()) {
      if (place === null) break
      if (!Object.hasOwn(place, key)) {
        const there: string = Object.keys(place).join(', ')
        return at === 0
          ? `reads “${key}”: here there are ${there}`
          : `reads ${path.slice(0, at + 1).join('.')}: ${path.slice(0, at).join('.')} has ${there}`
      }
      place = place[key]!
    }
  }
  return null
}

const specimenReport: JsonObject = {
  class: 'set-top-box',
  hardware: { model: 'specimen', arch: 'arm64', cpus: 4 },
  os: { name: 'linux', version: '6.1.0' },
  memory: { total: 2_147_483_648 },
  storage: { total: 8_589_934_592, free: 4_294_967_296 },
  runtimes: {},
  features: [],
  timeZone: 'UTC',
  installed: [],
}

/** One of everything, to try expressions on before they meet the first real one. */
export const specimens = {
  event: {
    type: 'device.enrolled',
    subject: 'dev-00000000',
    household: 'hh-000000',
    at: '2026-01-01T00:00:00Z',
    data: {},
  },
  schedule: { due: '2026-01-01T00:00:00Z' },
  household: { id: 'hh-000000', name: 'specimen', timeZone: 'UTC' },
  device: {
    id: 'dev-00000000',
    household: 'hh-000000',
    class: 'set-top-box',
    serial: 'S',
    name: 'specimen',
    state: 'active',
    reachable: true,
    report: specimenReport,
  },
  subscription: { id: 'sub-000000', household: 'hh-000000', service: 'specimen', version: '1.0.0', state: 'active' },
  delivery: {
    id: 'dlv-000000',
    order: 'ord-000000',
    device: 'dev-00000000',
    household: 'hh-000000',
    kind: 'install',
    service: 'specimen',
    version: '1.0.0',
    priority: 4,
    bytes: 1000,
    files: 1,
    origin: { kind: 'person', id: 'usr-000000' },
  },
  now: new Date(Date.UTC(2026, 0, 1)),
} as const
