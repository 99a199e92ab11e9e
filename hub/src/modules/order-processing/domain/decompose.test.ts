import { describe, expect, it } from 'vitest'
import { planInstall, planMove, planRemoval, planSuspension } from './decompose.ts'

const assignment = { component: 'app', manifest: { digest: 'aa', size: 10 }, files: 1, bytes: 5 }

describe('decomposing an order item', () => {
  it('delivers to every device that a component fits and names why the others are left out', () => {
    const plan = planInstall(
      [
        { device: 'stb', fit: { assignment } },
        { device: 'fridge', fit: { reason: 'no component for class fridge' } },
      ],
      false,
    )
    expect(plan).toEqual({
      deliveries: [{ device: 'stb', kind: 'install', assignment, turn: 0 }],
      skipped: [{ device: 'fridge', reason: 'no component for class fridge' }],
    })
  })
  it('refuses when a device that the sponsor named cannot use the service', () => {
    const plan = planInstall(
      [
        { device: 'stb', fit: { assignment } },
        { device: 'x', fit: { reason: 'old' } },
      ],
      true,
    )
    expect(plan).toMatchObject({ refusal: 'no-component-fits', skipped: [{ device: 'x' }] })
  })
  it('refuses when the household has no device, or none that fits', () => {
    expect(planInstall([], false)).toMatchObject({ refusal: 'no-device' })
    expect(planInstall([{ device: 'x', fit: { reason: 'old' } }], false)).toMatchObject({
      refusal: 'no-component-fits',
    })
    expect(planRemoval([])).toMatchObject({ refusal: 'no-device' })
  })
  it('of a suspension stops the service wherever it was delivered', () => {
    expect(planSuspension(['stb', 'phone'])).toMatchObject({
      deliveries: [
        { device: 'stb', kind: 'suspend' },
        { device: 'phone', kind: 'suspend' },
      ],
    })
  })
  it('of a move takes the service from the old household only when the new one has it', () => {
    const plan = planMove(planInstall([{ device: 'new', fit: { assignment } }], false), ['old'])
    expect(plan).toMatchObject({
      deliveries: [
        { device: 'new', kind: 'install', turn: 0 },
        { device: 'old', kind: 'remove', turn: 1 },
      ],
    })
    expect(planMove(planInstall([], false), ['old'])).toMatchObject({ refusal: 'no-device' })
  })
  it('refuses more devices than one order can carry', () => {
    const devices = Array.from({ length: 251 }, (_, index) => `d${index}`)
    expect(planRemoval(devices)).toMatchObject({ refusal: 'too-many-devices' })
    expect(
      planInstall(
        devices.map((device) => ({ device, fit: { assignment } })),
        false,
      ),
    ).toMatchObject({ refusal: 'too-many-devices' })
  })
})
