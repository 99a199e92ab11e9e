import type { CapabilityReport } from '@sutler/device-model'
import * as fc from 'fast-check'
import { channels } from '../../channels.ts'
import { deviceClasses, relationKinds, type ComponentDefinition, type Relation } from '../../definition.ts'
import type { CatalogueVersion, Problem, ResolverDevice, Wish } from '../problem.ts'

const services = ['app', 'bus', 'cam', 'dim']
/** Of the last there is no version. */
const service = fc.constantFrom(...services, ...services, 'elf')
const number = fc.constantFrom('1.0.0', '1.1.0', '2.0.0', '2.1.0-beta.1')
const range = fc.constantFrom('*', '*', '*', '^1.0.0', '>=1.1', '>=2', '<2', '1.0.0', '9.x')
const often = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

/** Mostly none or one: two of each would leave few households that are possible. */
const relations = fc
  .uniqueArray(fc.record({ kind: fc.constantFrom(...relationKinds), service, range }), {
    maxLength: 2,
    selector: ({ kind, service }) => `${kind} ${service}`,
  })
  .map((some): readonly Relation[] => some)

const component = fc
  .tuple(fc.constantFrom(...deviceClasses), often('true', 'report.memory.total > 10'))
  .map(([deviceClass, compatibility]) => componentFor(deviceClass, compatibility))
/** For every class most of the time, so that not all households fail by that. */
const everywhere = deviceClasses.map((deviceClass) => componentFor(deviceClass, 'true'))
const components = fc.oneof(
  { weight: 3, arbitrary: fc.constant(everywhere) },
  { weight: 2, arbitrary: fc.array(component, { minLength: 1, maxLength: 2 }) },
)

const version = fc
  .record({
    version: number,
    state: often('released', 'deprecated', 'candidate', 'retired'),
    channel: often('stable', ...channels),
    relations,
    components,
  })
  .map((one): Omit<CatalogueVersion, 'service'> => ({
    ...one,
    state: one.state as CatalogueVersion['state'],
    channel: one.state === 'candidate' ? null : (one.channel as CatalogueVersion['channel']),
  }))
const versions = fc
  .tuple(...services.map(() => fc.uniqueArray(version, { minLength: 1, maxLength: 3, selector: (one) => one.version })))
  .map((lists) =>
    lists.flatMap((list, at) =>
      list.map((one): CatalogueVersion => ({
        ...one,
        service: services[at]!,
        relations: one.relations.filter((relation) => relation.service !== services[at]),
      })),
    ),
  )

const device = fc.record({
  class: fc.constantFrom(...deviceClasses),
  memory: fc.constantFrom(5, 20, 20, null),
  tester: fc.boolean(),
})

function devicesOf(
  some: readonly { class: ResolverDevice['class']; memory: number | null; tester: boolean }[],
): ResolverDevice[] {
  return some.map(({ class: deviceClass, memory, tester }, at) => ({
    id: `device-${at}`,
    class: deviceClass,
    report: memory === null ? null : report(deviceClass, memory),
    tester,
  }))
}

function report(deviceClass: ResolverDevice['class'], memory: number): CapabilityReport {
  return {
    class: deviceClass,
    hardware: { model: 'm', arch: 'arm64', cpus: 1 },
    os: { name: 'linux', version: '6' },
    memory: { total: memory },
    storage: { total: 1, free: 1 },
    runtimes: {},
    features: [],
    timeZone: 'UTC',
    installed: [],
  }
}

const wish = fc.record({
  service: fc.constantFrom(...services),
  version: seldom(number),
  range: seldom(range),
  channel: often('stable', ...channels),
  devices: seldom(fc.constantFrom(['device-0'], ['device-1'], ['device-0', 'device-1'])),
  keep: fc.boolean(),
})

/** Catalogues of at most four services and sixteen versions, and a household for each. */
export const smallHouseholds = fc
  .record({
    versions,
    devices: fc.array(device, { minLength: 1, maxLength: 3 }),
    wishes: fc.uniqueArray(wish, { minLength: 1, maxLength: 3, selector: ({ service }) => service }),
    installed: fc.uniqueArray(fc.record({ service, version: number }), {
      maxLength: 3,
      selector: ({ service }) => service,
    }),
    keepRequired: fc.boolean(),
  })
  .map(({ versions, devices, wishes, ...rest }) => {
    const known = devicesOf(devices)
    const wishable = wishes.map((wish) => withoutUndefined(wish, known))
    const problem: Problem = { ...rest, devices: known, wishes: wishable }
    return { versions, problem }
  })

type RandomWish = typeof wish extends fc.Arbitrary<infer T> ? T : never

function withoutUndefined(random: RandomWish, known: readonly ResolverDevice[]): Wish {
  const { version, range, devices: named, channel, ...wish } = random
  const devices = named?.filter((id) => known.some((device) => device.id === id))
  return {
    ...wish,
    channel: channel as Wish['channel'],
    ...(version === undefined ? {} : { version }),
    ...(range === undefined ? {} : { range }),
    ...(devices === undefined || devices.length === 0 ? {} : { devices }),
  }
}

function componentFor(deviceClass: ResolverDevice['class'], compatibility: string): ComponentDefinition {
  const manifest = { digest: 'a'.repeat(64), size: 1 }
  const rest = {
    restart: 'none',
    role: 'files',
    reports: null,
    health: null,
    after: [],
    manifest,
    files: 1,
    bytes: 1,
  } as const
  return { name: `for-${deviceClass}`, deviceClass, compatibility, ...rest }
}
