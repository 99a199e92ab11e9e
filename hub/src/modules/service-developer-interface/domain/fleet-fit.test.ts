import { expect, test } from 'vitest'
import { fleetFit } from './fleet-fit.ts'

test('devices are counted by the component that they would get, and by why they would get none, most frequent first', () => {
  const small = { reason: 'needs memory, which the device does not meet' }
  const silent = { reason: 'has not reported' }
  expect(
    fleetFit(
      ['large', 'small', 'box'],
      [
        { class: 'phone', devices: 3, fit: { component: 'large' } },
        { class: 'phone', devices: 1, fit: silent },
        { class: 'phone', devices: 2, fit: small },
        { class: 'phone', devices: 4, fit: small },
        { class: 'phone', devices: 2, fit: { component: 'large' } },
        { class: 'gateway', devices: 7, fit: null },
      ],
    ),
  ).toEqual({
    devices: 19,
    otherClasses: 7,
    components: [
      { component: 'large', devices: 5 },
      { component: 'small', devices: 0 },
      { component: 'box', devices: 0 },
    ],
    misfits: [
      { class: 'phone', ...small, devices: 6 },
      { class: 'phone', ...silent, devices: 1 },
    ],
  })
})
