import type { CapabilityReport } from '@sutler/device-model'
import { describe, expect, it } from 'vitest'
import { compatibilityMistake } from '@sutler/composition'
import type { ComponentDefinition, VersionDefinition } from './definition.ts'
import { fit } from './fit.ts'

const box: CapabilityReport = {
  class: 'set-top-box',
  hardware: { model: 'STB-4', arch: 'arm64', cpus: 4 },
  os: { name: 'linux', version: '6.1' },
  memory: { total: 1_000_000_000 },
  storage: { total: 8_000_000_000, free: 2_000_000_000 },
  runtimes: { node: '24.1.0' },
  features: ['restart'],
  timeZone: 'Europe/Berlin',
  installed: [],
}

const component = (name: string, compatibility = 'true'): ComponentDefinition => ({
  name,
  deviceClass: 'set-top-box',
  compatibility,
  restart: 'none',
  role: 'files',
  reports: null,
  health: null,
  after: [],
  manifest: { digest: 'a'.repeat(64), size: 10 },
  files: 1,
  bytes: 1,
})

const guide = (...components: ComponentDefinition[]): VersionDefinition => ({
  tenant: 'main',
  service: 'tv-guide',
  version: '1.0.0',
  state: 'released',
  channel: 'stable',
  notes: '',
  createdAt: 0,
  publishedBy: '',
  releasedAt: 0,
  relations: [],
  components,
})

describe('fit of a component', () => {
  it('is the first one that the device meets', () => {
    const version = guide(
      component('large', 'report.memory.total > 4000000000'),
      component('small', "report.hardware.arch == 'arm64' && 'restart' in report.features"),
      component('any'),
    )
    expect(fit(version, box, 'set-top-box')).toEqual({ component: version.components[1] })
  })

  it('names what the version is made for when the class is missing', () => {
    expect(fit(guide(component('app')), null, 'phone')).toEqual({
      component: null,
      reason: 'tv-guide 1.0.0 has no component for a phone; it is made for set-top-box',
    })
  })

  it('is one that the device’s protocol can carry to it, or it is said why none is', () => {
    const { timeZone: _zone, memory: _memory, ...said } = box
    const limits = { firmware: 'it has one image slot', 'several-files': 'it takes one file' }
    const report = { ...said, protocol: 'ddi', limits }
    const image: ComponentDefinition = { ...component('image'), role: 'firmware' }
    const tree = { ...component('tree'), files: 2 }
    expect(fit(guide(image, tree, component('any')), report, 'set-top-box')).toMatchObject({
      component: { name: 'any' },
    })
    expect(fit(guide(image, tree), report, 'set-top-box')).toEqual({
      component: null,
      reason:
        'tv-guide 1.0.0 does not fit this set-top-box: component image cannot be brought to it: it has one image slot; ' +
        'component tree cannot be brought to it: it takes one file',
    })
    expect(fit(guide(image, tree), box, 'set-top-box')).toMatchObject({ component: { name: 'image' } })
  })

  it('can ask for a protocol, and for nothing that the device does not say', () => {
    const { memory: _memory, ...said } = box
    const version = guide(component('a', 'report.memory.total > 1'), component('b', "report.protocol == 'ddi'"))
    expect(fit(version, { ...said, protocol: 'ddi' }, 'set-top-box')).toMatchObject({ component: { name: 'b' } })
    expect(fit(version, said, 'set-top-box').component).toBeNull()
  })

  it('names the part of the expression that is not met, of each component', () => {
    const version = guide(
      component('large', "'node' in report.runtimes && report.memory.total > 4000000000"),
      component('old', "report.runtimes.python.startsWith('2')"),
    )
    expect(fit(version, box, 'set-top-box')).toEqual({
      component: null,
      reason:
        'tv-guide 1.0.0 does not fit this set-top-box: component large needs report.memory.total > 4000000000, which the ' +
        "device does not meet; component old needs report.runtimes.python.startsWith('2'), which the device does not meet",
    })
  })

  it('of a device that has never reported is given only by components that ask nothing', () => {
    expect(
      fit(guide(component('picky', 'report.memory.total > 1'), component('any')), null, 'set-top-box'),
    ).toMatchObject({
      component: { name: 'any' },
    })
    const refused = fit(guide(component('picky', 'report.memory.total > 1')), null, 'set-top-box')
    expect(refused).toMatchObject({ reason: expect.stringContaining('has not reported its capabilities yet') })
  })
})

describe('a compatibility expression', () => {
  it.each([
    'true',
    "'node' in report.runtimes && report.storage.total >= 16000000",
    "report.runtimes['node'].startsWith('24.')",
    "has(report.runtimes.node) || report.features.exists(feature, feature == 'restart')",
    "report.hardware.model.matches('STB-[0-9]+')",
  ])('is taken: %s', (source) => {
    expect(compatibilityMistake(source)).toBeNull()
  })

  it.each([
    ['report.memory.total >', /^is not a usable CEL expression: .*\(at character \d+\)$/],
    ['reprot.memory.total > 1', /^reads “reprot”: the only variable is report/],
    [
      'report.memroy.total > 1',
      /^reads report\.memroy: there are class, protocol, hardware, os, memory, storage, runtimes, features$/,
    ],
    ['report.memory.size > 1', /^reads report\.memory\.size: there are total$/],
    ['report.installed.size() > 1', /^reads report\.installed/],
    ['report.memory.total', /^gives no truth value/],
    ["report.memory.total > 'much'", /^is not a usable CEL expression/],
    ['', /^is not a usable CEL expression/],
  ])('is refused: %s', (source, mistake) => {
    expect(compatibilityMistake(source)).toMatch(mistake)
  })
})
