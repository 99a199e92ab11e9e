import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planCompensation, type Had, type Undone } from './compensate.ts'
import { deliveryStates } from './states.ts'

const had = (kind: Had['kind'], version = '1.0.0'): Had => ({
  kind,
  version,
  component: 'app',
  manifest: kind === 'remove' ? null : `of-${version}`,
  manifestSize: 10,
  files: 1,
  bytes: 5,
})
const undone = (device: string, more: Partial<Undone>): Undone => ({
  item: 'itm-1',
  device,
  household: 'hh-1',
  service: 'guide',
  version: '2.0.0',
  state: 'confirmed',
  silent: false,
  stage: 0,
  before: had('install'),
  ...more,
})

describe('undoing an order', () => {
  it('gives each device that has changed what it had before, and takes away what it did not have', () => {
    const plan = planCompensation([undone('stb', {}), undone('phone', { before: null })])
    expect(plan).toMatchObject([
      { device: 'stb', kind: 'install', version: '1.0.0', manifest: 'of-1.0.0', household: 'hh-1' },
      { device: 'phone', kind: 'remove', version: '2.0.0', manifest: null },
    ])
  })
  it('puts back first what was changed last', () => {
    const plan = planCompensation([undone('gateway', {}), undone('stb', { stage: 1 }), undone('phone', { stage: 2 })])
    expect(plan.map(({ device }) => device)).toEqual(['phone', 'stb', 'gateway'])
    expect(new Set(plan.map(({ stage }) => stage)).size).toBe(3)
  })
  it('reaches a device that is at work, but none that failed, declined, or never answered', () => {
    const states = deliveryStates.map((state) => undone(state, { state }))
    expect(planCompensation(states).map(({ device }) => device)).toEqual(['accepted', 'confirmed'])
  })
  it('reaches a device that took the order and fell silent, for it may have carried it out: last, so that none waits for it', () => {
    const plan = planCompensation([
      undone('tablet', { state: 'failed', silent: true, stage: 1, before: had('suspend') }),
      undone('stb', {}),
      undone('phone', { stage: 1 }),
      undone('radio', { state: 'cancelled', silent: true, before: null }),
    ])
    expect(plan.map(({ device, kind }) => `${kind} ${device}`)).toEqual([
      'install phone',
      'install stb',
      'install tablet',
      'remove radio',
      'suspend tablet',
    ])
    const stages = plan.map(({ stage }) => stage)
    expect(stages[1]).toBeLessThan(stages[2]!)
    expect(stages[3]).toBeLessThan(stages[4]!)
  })
  it('puts a suspended service in place and stops it, also where the order had removed it', () => {
    expect(planCompensation([undone('stb', { before: had('suspend') })])).toMatchObject([
      { kind: 'install', version: '1.0.0', stage: 0 },
      { kind: 'suspend', version: '1.0.0', stage: 1 },
    ])
  })
  it('takes away what had been removed before, and undoes nothing where nothing has changed', () => {
    expect(planCompensation([undone('stb', { before: had('remove') })])).toMatchObject([{ kind: 'remove' }])
    expect(planCompensation([])).toEqual([])
  })

  it('leaves every changed device as it was, whatever the order did', () => {
    const kind = fc.constantFrom('install', 'suspend', 'remove' as const)
    const before = fc.option(fc.tuple(kind, fc.constantFrom('0.9.0', '1.0.0')).map(([k, version]) => had(k, version)))
    const each = fc.record({
      before,
      state: fc.constantFrom(...deliveryStates),
      silent: fc.boolean(),
      stage: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(each, { maxLength: 20 }), (all) => {
        const order = all.map((more, index) => undone(`d${index}`, more))
        const plan = planCompensation(order)
        for (const { device, state, silent, before: wanted } of order) {
          const last = plan.findLast((restoring) => restoring.device === device)
          const changed = state === 'confirmed' || state === 'accepted' || silent
          const had = wanted === null || wanted.kind === 'remove' ? { kind: 'remove', manifest: null } : wanted
          expect([last].filter((each) => each !== undefined)).toMatchObject(changed ? [had] : [])
        }
      }),
    )
  })
})
