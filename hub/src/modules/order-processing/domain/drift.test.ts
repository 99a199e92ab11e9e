import { describe, expect, it } from 'vitest'
import { driftOf, type Proved } from './drift.ts'

const proved = (more: Partial<Proved> = {}): Proved => ({
  device: 'dev-1',
  service: 'guide',
  tenant: 'main',
  household: 'hh-1',
  subscription: 'sub-1',
  kind: 'install',
  version: '1.0.0',
  component: 'stb',
  manifest: 'aa',
  busy: false,
  ...more,
})
const reported = { service: 'guide', version: '1.0.0', component: 'stb', manifest: 'aa', epoch: 1 }
const details = (...given: Parameters<typeof driftOf>) => driftOf(...given).map(({ detail }) => detail)

describe('what a device reports', () => {
  it('agrees with what it proved when the manifest of the files in place is the same', () => {
    expect(driftOf([proved()], [reported])).toEqual([])
    expect(driftOf([proved()], [{ ...reported, epoch: 7 }])).toEqual([])
    expect(driftOf([], [reported])).toEqual([])
  })
  it('is drift when something is missing, is another version, or has changed files', () => {
    expect(details([proved()], [])).toEqual(['guide 1.0.0 (stb) is missing'])
    expect(details([proved()], [{ ...reported, version: '0.9.0', manifest: 'bb' }])).toEqual([
      'guide 0.9.0 (stb) is in place where 1.0.0 (stb) was proved',
    ])
    expect(details([proved()], [{ ...reported, manifest: 'bb', wrong: ['a', 'b'] }])).toEqual([
      'files of guide 1.0.0 (stb) are not as they were proved: a, b',
    ])
    expect(details([proved()], [{ ...reported, manifest: 'bb' }])).toEqual([
      'files of guide 1.0.0 (stb) are not as they were proved',
    ])
  })
  it('is drift when a service is in use that was removed or suspended', () => {
    expect(details([proved({ kind: 'remove', manifest: null })], [reported])).toEqual([
      'guide 1.0.0 is in use, although it was removed',
    ])
    expect(details([proved({ kind: 'suspend' })], [reported])).toEqual([
      'guide 1.0.0 is in use, although it was suspended',
    ])
    expect(driftOf([proved({ kind: 'suspend' })], [])).toEqual([])
  })
  it('says how the device should have it', () => {
    const wanted = (more: Partial<Proved>, ...found: (typeof reported)[]) =>
      driftOf([proved(more)], found).map((drift) => drift.wanted)
    expect(wanted({})).toEqual(['installed'])
    expect(wanted({ kind: 'suspend' }, reported)).toEqual(['suspended'])
    expect(wanted({ kind: 'remove', manifest: null }, reported)).toEqual(['absent'])
  })
  it('says nothing while a delivery is under way: its proof will', () => {
    expect(driftOf([proved({ busy: true })], [])).toEqual([])
  })
})
