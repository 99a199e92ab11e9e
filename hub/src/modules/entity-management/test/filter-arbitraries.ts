import type { CapabilityReport } from '@sutler/device-model'
import * as fc from 'fast-check'
import type { WantedDevice } from './entities-for-this-test.ts'

/** Random devices, and random filters that the language takes: a few values each, so that they meet. */

export const now = new Date('2026-06-01T12:00:00Z')

const words = ['tv-guide', 'chat', 'ad.block', 'x', '', "it's", '%_', 'Ünï', 'a\nb'] as const
const versions = ['1.0.0', '1.10.0', '1.2', '2.0.0-rc.1', '2.0.0', 'not a version', ''] as const
const models = ['P1', 'P2', 'STB-9', "Robert'); drop table entity_device;--", 'é'] as const
const classes = ['set-top-box', 'phone', 'gateway'] as const

const anyReport: fc.Arbitrary<CapabilityReport> = fc.record({
  class: fc.constantFrom(...classes),
  hardware: fc.record({
    model: fc.constantFrom(...models),
    arch: fc.constantFrom('arm64', 'x64'),
    cpus: fc.constantFrom(1, 2, 8, 2.5),
  }),
  os: fc.record({ name: fc.constantFrom('linux', 'android', ''), version: fc.constantFrom('15', ...versions) }),
  memory: fc.record({ total: fc.constantFrom(0, 1, 512, 8e9, 1.5) }),
  storage: fc.record({ total: fc.constantFrom(64e9, 1), free: fc.constantFrom(0, 5, 1e9) }),
  runtimes: fc.dictionary(fc.constantFrom('node', 'jvm', 'a b'), fc.constantFrom(...versions), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
  features: fc.uniqueArray(fc.constantFrom(...words), { maxLength: 4 }),
  timeZone: fc.constantFrom('Europe/Berlin', 'Asia/Tokyo'),
  installed: fc.array(
    fc.record({
      service: fc.constantFrom('tv-guide', 'chat', 'x'),
      version: fc.constantFrom(...versions),
      component: fc.constantFrom('main', 'app'),
      manifest: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
      epoch: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 3 },
  ),
})

export const anyDevice: fc.Arbitrary<WantedDevice> = fc.record({
  class: fc.constantFrom(...classes),
  name: fc.constantFrom('Living room', 'kitchen', '%', "O'Hara"),
  serial: fc.constantFrom('SN-1', 'SN-2', 'XX-1'),
  household: fc.nat(2),
  report: fc.option(anyReport, { freq: 6 }),
  reachable: fc.constantFrom(true, false, null),
  tags: fc.subarray(['trial', 'vip', "it's"]),
  attributes: fc.constantFrom({}, { floor: 3 }, { floor: '3', wet: true }, { floor: -0.5, since: '2026-01-31' }),
})

const quoted = (text: string): string => JSON.stringify(text)
const constant = (values: readonly string[]) => fc.constantFrom(...values).map(quoted)

/** A text and texts that it might be. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['device.id', ['dev-00000003', 'dev-00000100', 'dev-']],
  ['device.name', ['Living room', 'kitchen', '%', "O'Hara", 'room', '']],
  ['device.serial', ['SN-1', 'XX', '1']],
  ['household.name', ['Müller', 'O’Hara', '%_\\', 'M']],
  ['household.timeZone', ['Europe/Berlin', 'Asia/']],
  ['report.hardware.model', [...models, 'STB', 'P']],
  ['report["os"]["name"]', ['linux', 'droid', '']],
  ['report.os.version', [...versions, '15']],
  ['report.timeZone', ['Europe/Berlin', 'Tokyo']],
  ['report.runtimes.node', versions],
  ['report.runtimes["a b"]', versions],
  ['device.attributes.floor', ['3', '-0.5', '4']],
  ['household.attributes["stars"]', ['5', '']],
]
  .filter(([name]) => !name!.toString().includes('report["os"]'))
  .map(([name, values]) => [name as string, values as readonly string[]] as const)

const numbers = ['report.hardware.cpus', 'report.memory.total', 'report.storage.total', 'report.storage.free'] as const
const sizes = [
  'size(report.features)',
  'report.installed.size()',
  'size(report.runtimes)',
  'size(device.name)',
] as const
const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')
const patterns = [
  '^P',
  'o{1,2}',
  '[a-m]+$',
  '^[^a-z]',
  '(?:SN|XX)-\\d',
  '\\w\\s\\w',
  'a.b',
  '^$',
  '(a|b|)c*',
  '[\\d.]+',
  'é|ï',
  '[]%-]',
  'x*?',
] as const

const textCondition = fc.constantFrom(...texts).chain(([name, values]) => {
  const value = constant(values)
  return fc.oneof(
    fc.tuple(comparison, value).map(([sign, text]) => `${name} ${sign} ${text}`),
    fc.tuple(comparison, value).map(([sign, text]) => `${text} ${sign} ${name}`),
    fc.array(value, { minLength: 1, maxLength: 3 }).map((list) => `${name} in [${list.join(', ')}]`),
    fc
      .tuple(fc.constantFrom('startsWith', 'endsWith', 'contains'), value)
      .map(([call, text]) => `${name}.${call}(${text})`),
    fc.constantFrom(...patterns).map((pattern) => `${name}.matches(${quoted(pattern)})`),
    fc.constant(`${name} == ${name}`),
  )
})

const version = fc.oneof(
  fc.constantFrom('report.os.version', 'report.runtimes.node', 'report.runtimes.jvm').map((name) => `semver(${name})`),
)
const wantedVersion = fc.constantFrom('1', '1.2.0', '1.10.0', '2.0.0-rc.1', 'v2').map((text) => `semver('${text}')`)

const inRow = fc.oneof(
  constant(['tv-guide', 'chat']).map((text) => `i.service == ${text}`),
  constant(versions).map((text) => `i.version == ${text}`),
  constant(['main']).map((text) => `${text} == i.component`),
  fc.tuple(comparison, wantedVersion).map(([sign, text]) => `semver(i.version) ${sign} ${text}`),
  fc.tuple(comparison, fc.nat(3)).map(([sign, n]) => `i.epoch ${sign} ${n}`),
  fc.constant('i.service == i.component'),
  fc.constant('i.service.startsWith(report.hardware.model)'),
  fc.constant('i.manifest.endsWith("b")'),
)
const inTexts = fc.oneof(
  constant(words).map((text) => `t == ${text}`),
  constant(words).map((text) => `t != ${text}`),
  fc.constantFrom(...patterns).map((pattern) => `t.matches(${quoted(pattern)})`),
  fc.constant('size(t) > 3'),
  fc.constant('t == device.name'),
  fc.constant('semver(t) == semver("1")'),
)
const joinedBy = (leaf: fc.Arbitrary<string>) =>
  fc.oneof(
    leaf,
    fc
      .tuple(fc.array(leaf, { minLength: 2, maxLength: 3 }), fc.constantFrom(' && ', ' || '))
      .map(([parts, sign]) => parts.join(sign)),
    leaf.map((part) => `!(${part})`),
  )
const macro = fc.constantFrom('exists', 'all', 'exists_one')

const leaf = fc.oneof(
  { weight: 5, arbitrary: textCondition },
  fc
    .tuple(
      fc.constantFrom(...numbers, ...sizes),
      comparison,
      fc.constantFrom('0', '1', '2', '3', '1.5', '512', '8000000000', '4 * 128'),
    )
    .map((parts) => parts.join(' ')),
  fc.tuple(version, comparison, wantedVersion).map((parts) => parts.join(' ')),
  constant(words).map((text) => `${text} in report.features`),
  constant(['node', 'jvm', 'a b']).map((text) => `${text} in report.runtimes`),
  constant(['trial', 'vip', "it's", 'none']).map((text) => `${text} in device.tags`),
  constant(['floor', 'wet', 'stars']).map((text) => `${text} in device.attributes`),
  fc.tuple(macro, joinedBy(inTexts)).map(([name, body]) => `device.tags.${name}(t, ${body})`),
  fc.tuple(macro, joinedBy(inRow)).map(([name, body]) => `report.installed.${name}(i, ${body})`),
  fc.tuple(macro, joinedBy(inTexts)).map(([name, body]) => `report.features.${name}(t, ${body})`),
  fc.tuple(macro, joinedBy(inTexts)).map(([name, body]) => `report.runtimes.${name}(t, ${body})`),
  fc.constantFrom(
    'has(report.os)',
    'has(report.os.name)',
    'has(report.runtimes.node)',
    'has(report.installed)',
    'has(device.name)',
    'has(device.attributes.wet)',
    'size(device.tags) > 1',
    'device.attributes.wet == "true"',
    '"hotel" in household.tags',
    'has(household.attributes.stars)',
    'household.kind == "organisation"',
    'size(household.attributes) == 1',
    'has(device.reachableChangedAt)',
    'report == null',
    'report != null',
    'device.reachable',
    'device.reachable == false',
    'device.reachableChangedAt == null',
    'timestamp(device.reachableChangedAt) <= now',
    'timestamp(device.createdAt) < now - duration("P30D")',
    'timestamp(device.reportedAt) == timestamp(device.createdAt)',
    'device.class == "phone"',
    'report.class in ["gateway", "phone"]',
    'device.class == report.class',
    'device.name != report.os.name',
    'report.os.name < device.name',
    'device.state == "active"',
    'true',
    'false',
    '1 + 1 == 2',
  ),
)

export const anyFilter: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.tuple(tie('tree'), fc.constantFrom('&&', '||'), tie('tree')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    tie('tree').map((a) => `!(${a})`),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `((${a}) == (${b}))`),
  ),
})).tree
