import { describe, expect, it } from 'vitest'
import type { Relation } from '../definition.ts'
import { BudgetSpent } from './budget.ts'
import { Catalogue, CatalogueService } from './catalogue.ts'
import type { CatalogueVersion, Problem, ResolverDevice, Wish } from './problem.ts'
import { resolve } from './resolve.ts'

const devices: readonly ResolverDevice[] = [
  { id: 'gate', class: 'gateway', report: null },
  { id: 'box', class: 'set-top-box', report: null },
]

const relation =
  (kind: Relation['kind']) =>
  (service: string, range = '*'): Relation => ({ kind, service, range })
const requires = relation('requires')
const conflicts = relation('conflicts')
const replaces = relation('replaces')
const recommends = relation('recommends')
const extending = relation('extends')

type More = Partial<Omit<CatalogueVersion, 'components'>> & {
  readonly for?: readonly ResolverDevice['class'][]
  readonly compatibility?: string
  readonly after?: Readonly<Record<string, readonly string[]>>
}

function version(service: string, number: string, relations: readonly Relation[] = [], more: More = {}) {
  const { for: classes = ['gateway', 'set-top-box'], compatibility = 'true', after = {}, ...rest } = more
  const components = classes.map((deviceClass) => ({
    name: deviceClass,
    deviceClass,
    compatibility,
    restart: 'none' as const,
    role: 'files' as const,
    reports: null,
    health: null,
    after: after[deviceClass] ?? [],
    manifest: { digest: 'a'.repeat(64), size: 1 },
    files: 1,
    bytes: 1,
  }))
  const made: CatalogueVersion = {
    service,
    version: number,
    state: 'released',
    channel: 'stable',
    relations,
    components,
    ...rest,
  }
  return made
}

const wish = (service: string, more: Partial<Wish> = {}): Wish => ({ service, channel: 'stable', ...more })

function answer(versions: readonly CatalogueVersion[], wishes: readonly Wish[], more: Partial<Problem> = {}) {
  const ids = new Set([...versions.map(({ service }) => service), ...wishes.map(({ service }) => service)])
  const services = [...ids].map(
    (id) =>
      new CatalogueService(
        id,
        versions.filter(({ service }) => service === id),
      ),
  )
  return resolve(new Catalogue(services), { devices, wishes, installed: [], ...more })
}

function chosen(...given: Parameters<typeof answer>): string[] {
  const found = answer(...given)
  return found.ok ? found.assignment.map(({ service, version }) => `${service} ${version}`) : []
}

function whyNot(...given: Parameters<typeof answer>): string[] {
  const found = answer(...given)
  return found.ok ? [] : found.reasons.map(({ sentence }) => sentence)
}

describe('a choice of versions', () => {
  it('takes the newest of the first wish, and of what that needs the newest that it leaves', () => {
    const versions = [
      version('guide', '1.0.0', [requires('list', '^1.0.0')]),
      version('guide', '2.0.0', [requires('list', '^2.0.0')]),
      version('list', '1.4.0'),
      version('list', '2.0.0'),
      version('list', '2.1.0'),
      version('list', '3.0.0'),
    ]
    const found = answer(versions, [wish('guide')])
    expect(found).toMatchObject({
      ok: true,
      assignment: [
        { service: 'guide', version: '2.0.0', because: 'wished' },
        { service: 'list', version: '2.1.0', because: 'required', by: 'guide' },
      ],
      order: [['list'], ['guide']],
      remove: [],
    })
    expect(chosen(versions, [wish('list', { version: '1.4.0' }), wish('guide')])).toEqual(['list 1.4.0', 'guide 1.0.0'])
  })

  it('leaves what is to be kept as it is, unless something needs it newer', () => {
    const versions = [
      version('guide', '1.0.0'),
      version('guide', '2.0.0', [requires('list', '^2.0.0')]),
      version('list', '1.0.0'),
      version('list', '1.1.0'),
      version('list', '2.0.0'),
    ]
    const installed = [{ service: 'list', version: '1.0.0' }]
    expect(chosen(versions, [wish('list', { keep: true })], { installed })).toEqual(['list 1.0.0'])
    expect(chosen(versions, [wish('guide'), wish('list', { keep: true })], { installed })).toEqual([
      'guide 2.0.0',
      'list 2.0.0',
    ])
  })

  it('takes from a channel what is on it and on steadier ones, and opens no further for what is only required', () => {
    const versions = [
      version('guide', '1.0.0', [requires('list', '>=1')]),
      version('guide', '2.0.0', [requires('list', '>=1')], { channel: 'beta' }),
      version('guide', '3.0.0', [requires('list', '>=2')], { channel: 'alpha' }),
      version('list', '1.0.0'),
      version('list', '2.0.0', [], { channel: 'alpha' }),
    ]
    expect(chosen(versions, [wish('guide')])).toEqual(['guide 1.0.0', 'list 1.0.0'])
    expect(chosen(versions, [wish('guide', { channel: 'beta' })])).toEqual(['guide 2.0.0', 'list 1.0.0'])
    expect(chosen(versions, [wish('guide', { channel: 'alpha' })])).toEqual(['guide 3.0.0', 'list 2.0.0'])
    expect(chosen(versions, [wish('list', { version: '2.0.0' })])).toEqual(['list 2.0.0'])
  })

  it('takes a pre-release on stable only where it is named or there is nothing else', () => {
    const versions = [version('guide', '1.0.0'), version('guide', '2.0.0-rc.1')]
    expect(chosen(versions, [wish('guide')])).toEqual(['guide 1.0.0'])
    expect(chosen(versions, [wish('guide', { range: '>=2.0.0-rc.0' })])).toEqual(['guide 2.0.0-rc.1'])
    expect(chosen([versions[1]!], [wish('guide')])).toEqual(['guide 2.0.0-rc.1'])
  })

  it('puts a service that replaces an installed one into its place', () => {
    const versions = [version('guide', '1.0.0'), version('guide-plus', '1.0.0', [replaces('guide', '<2')])]
    const installed = [{ service: 'guide', version: '1.0.0' }]
    expect(answer(versions, [wish('guide'), wish('guide-plus')], { installed })).toMatchObject({
      assignment: [{ service: 'guide-plus' }],
      remove: [
        { service: 'guide', version: '1.0.0', because: 'replaced', reason: 'guide-plus 1.0.0 replaces guide 1.0.0' },
      ],
    })
    expect(whyNot(versions, [wish('guide'), wish('guide-plus')])).toEqual([
      'guide is wished',
      'guide-plus is wished',
      'guide-plus 1.0.0 replaces guide <2, so that both cannot stay',
    ])
  })

  it('lets go of what nobody wishes or requires any more, dependents first', () => {
    const versions = [
      version('guide', '1.0.0', [requires('list')]),
      version('list', '1.0.0'),
      version('radio', '1.0.0'),
    ]
    const installed = ['list', 'guide', 'radio'].map((service) => ({ service, version: '1.0.0' }))
    const found = answer(versions, [wish('radio')], { installed })
    expect(found.ok && found.remove.map(({ service, because }) => [service, because])).toEqual([
      ['guide', 'unneeded'],
      ['list', 'unneeded'],
    ])
  })

  it('adds what is recommended only if all else stays as it is', () => {
    const versions = [
      version('guide', '1.0.0', [recommends('radio'), recommends('films')]),
      version('radio', '1.0.0', [requires('tuner')]),
      version('tuner', '1.0.0'),
      version('films', '1.0.0', [conflicts('guide')]),
    ]
    expect(chosen(versions, [wish('guide')])).toEqual(['guide 1.0.0'])
    expect(answer(versions, [wish('guide')], { withRecommended: true })).toMatchObject({
      assignment: [
        { service: 'guide', because: 'wished' },
        { service: 'radio', because: 'recommended', by: 'guide' },
        { service: 'tuner', because: 'required', by: 'radio' },
      ],
    })
  })

  it('gives an extension only to devices that get what it extends', () => {
    const versions = [
      version('skin', '1.0.0', [extending('guide')]),
      version('guide', '1.0.0', [], { for: ['gateway'] }),
    ]
    expect(answer(versions, [wish('skin')])).toMatchObject({
      assignment: [
        {
          service: 'skin',
          devices: [{ device: 'gate' }],
          leftOut: [{ device: 'box', reason: 'skin 1.0.0 extends guide, which this device does not get' }],
        },
        { service: 'guide', devices: [{ device: 'gate' }] },
      ],
    })
    expect(whyNot(versions, [wish('skin', { devices: ['box'] })])).toEqual([
      'skin is wished',
      'skin 1.0.0 extends guide * on the same device',
      'guide 1.0.0 fits not every device that it must: box: guide 1.0.0 has no component for a set-top-box; it is made for gateway',
    ])
  })

  it('installs services that need one another together, in one layer', () => {
    const versions = [
      version('guide', '1.0.0', [requires('list')]),
      version('list', '1.0.0', [requires('guide'), requires('store')]),
      version('store', '1.0.0'),
    ]
    expect(answer(versions, [wish('guide')])).toMatchObject({ order: [['store'], ['guide', 'list']] })
  })

  it('delivers components in stages, and leaves none empty', () => {
    const after = { 'set-top-box': ['gateway'], phone: ['set-top-box'] }
    const versions = [version('guide', '1.0.0', [], { for: ['gateway', 'set-top-box', 'phone'], after })]
    const phone: ResolverDevice = { id: 'phone', class: 'phone', report: null }
    const stages = (some: readonly ResolverDevice[]) => {
      const found = answer(versions, [wish('guide')], { devices: some })
      return found.ok && found.assignment[0]!.devices.map(({ device, stage }) => [device, stage])
    }
    expect(stages([phone, ...devices])).toEqual([
      ['phone', 2],
      ['gate', 0],
      ['box', 1],
    ])
    expect(stages([phone, devices[0]!])).toEqual([
      ['phone', 1],
      ['gate', 0],
    ])
  })
})

describe('why there is no choice', () => {
  it('is told by versions, ranges and devices, and nothing that does not matter is told', () => {
    const versions = [
      version('guide', '1.0.0', [requires('list', '^2.0.0'), requires('radio')]),
      version('list', '1.0.0'),
      version('list', '2.0.0', [], { compatibility: 'report.memory.total > 4000' }),
      version('radio', '1.0.0'),
    ]
    expect(whyNot(versions, [wish('radio'), wish('guide')])).toEqual([
      'guide is wished',
      'guide 1.0.0 requires list ^2.0.0',
      'list 2.0.0 fits no device of the household: gate: list 2.0.0 does not fit this gateway: component gateway needs ' +
        'report.memory.total > 4000, and the device has not reported its capabilities yet: connect it once; box: ' +
        'list 2.0.0 does not fit this set-top-box: component set-top-box needs report.memory.total > 4000, and the ' +
        'device has not reported its capabilities yet: connect it once',
    ])
  })

  it('names pins, channels and states', () => {
    const versions = [
      version('guide', '1.0.0'),
      version('guide', '2.0.0', [], { channel: 'beta' }),
      version('guide', '3.0.0', [], { state: 'retired' }),
    ]
    expect(whyNot(versions, [wish('guide', { version: '9.0.0' })])).toEqual([
      'guide 9.0.0 is wished, and there is none: guide has 1.0.0, 2.0.0 and 3.0.0',
    ])
    expect(whyNot(versions, [wish('guide', { range: '>=2' })])).toEqual([
      'guide >=2 is wished',
      'guide 2.0.0 cannot be chosen, being only on beta, where stable is taken',
      'guide 3.0.0 cannot be chosen, being retired',
    ])
    expect(whyNot([], [wish('guide')])).toEqual(['guide is wished, and there is no version of guide'])
  })

  it('names both sides of a conflict', () => {
    const versions = [version('guide', '1.0.0', [conflicts('radio', '<2')]), version('radio', '1.0.0')]
    const found = answer(versions, [wish('guide'), wish('radio')])
    expect(found.ok ? [] : found.reasons.at(-1)).toEqual({
      sentence: 'guide 1.0.0 conflicts with radio <2',
      services: ['guide', 'radio'],
      versions: ['1.0.0'],
      relation: { kind: 'conflicts', ranges: ['<2'] },
      constraints: [{ kind: 'relation', service: 'guide', relation: 'conflicts', to: 'radio' }],
    })
  })
})

it('a search that takes too long ends', () => {
  const pigeons = Array.from({ length: 9 }, (_, at) => `pigeon-${at}`)
  const versions = pigeons.flatMap((service) =>
    Array.from({ length: 8 }, (_, hole) =>
      version(
        service,
        `${hole + 1}.0.0`,
        pigeons.filter((other) => other !== service).map((other) => conflicts(other, `${hole + 1}.x`)),
      ),
    ),
  )
  const wishes = pigeons.map((service) => wish(service))
  expect(() => answer(versions, wishes, { budget: 20_000 })).toThrow(BudgetSpent)
})
