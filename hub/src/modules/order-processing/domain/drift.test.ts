import type { InstalledComponent, Unit } from '@sutler/device-model'
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
const drift = (known: readonly Proved[], installed: readonly InstalledComponent[]) => driftOf(known, { installed })
const details = (...given: Parameters<typeof drift>) => drift(...given).map(({ detail }) => detail)

describe('what a device reports', () => {
  it('agrees with what it proved when the manifest of the files in place is the same', () => {
    expect(drift([proved()], [reported])).toEqual([])
    expect(drift([proved()], [{ ...reported, epoch: 7 }])).toEqual([])
    expect(drift([], [reported])).toEqual([])
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
    expect(drift([proved({ kind: 'suspend' })], [])).toEqual([])
  })
  it('says how the device should have it', () => {
    const wanted = (more: Partial<Proved>, ...found: (typeof reported)[]) =>
      drift([proved(more)], found).map(({ wanted: how }) => how)
    expect(wanted({})).toEqual(['installed'])
    expect(wanted({ kind: 'suspend' }, reported)).toEqual(['suspended'])
    expect(wanted({ kind: 'remove', manifest: null }, reported)).toEqual(['absent'])
  })
  it('says nothing while a delivery is under way: its proof will', () => {
    expect(drift([proved({ busy: true })], [])).toEqual([])
  })
})

describe('what a device without our agent says it runs', () => {
  const unit = { name: 'guide', version: '1.0.0' }
  const foreign = (known: Partial<Proved>, units?: readonly Unit[]) =>
    driftOf([proved({ unit, ...known })], { protocol: 'ddi', installed: [], ...(units && { units }) }).map(
      ({ detail }) => detail,
    )

  it('agrees when it names what was proved, with its version apart or in its name', () => {
    expect(foreign({}, [{ name: 'other', version: '3' }, unit])).toEqual([])
    expect(foreign({}, [{ name: 'guide-1.0.0', version: '' }])).toEqual([])
  })
  it('is drift when it runs another version, nothing of it, or what was removed', () => {
    expect(foreign({}, [{ name: 'guide', version: '0.9.0' }])).toEqual([
      'guide-0.9.0 is in place where guide-1.0.0 was proved',
    ])
    expect(foreign({}, [])).toEqual(['guide-1.0.0, which is guide 1.0.0, is missing'])
    expect(foreign({ kind: 'remove' }, [unit])).toEqual(['guide-1.0.0 is in use, although guide was removed'])
    expect(foreign({ kind: 'suspend' }, [])).toEqual([])
  })
  it('says nothing when it does not say what it runs, or the hub no longer knows what that is called', () => {
    expect(foreign({})).toEqual([])
    expect(driftOf([proved()], { protocol: 'ddi', installed: [], units: [] })).toEqual([])
  })
})
