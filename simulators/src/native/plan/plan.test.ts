import { describe, expect, test } from 'vitest'
import { deviceKey, keyInfoOf } from './device-key.ts'
import { deviceProfile } from './device-profile.ts'
import { faultPlan, noFaults } from './fault-plan.ts'
import { randomFor } from './random.ts'

const indexes = Array.from({ length: 300 }, (_, index) => index)
const rates = { offline: 0.2, slow: 0.2, failing: 0.2, duplicates: 0.2, skew: 0.2, reorder: 0.2, killed: 0.2 }

describe('what the seed decides', () => {
  test('the same seed makes the same devices, keys and faults', () => {
    const devices = () => indexes.map((index) => deviceProfile(7, index, 3))
    const plans = () => indexes.map((index) => faultPlan(7, index, rates))
    expect(devices()).toEqual(devices())
    expect(plans()).toEqual(plans())
    expect(keyInfoOf(deviceKey(7, 5))).toEqual(keyInfoOf(deviceKey(7, 5)))
  })

  test('another seed makes other devices, keys and faults', () => {
    expect(indexes.map((index) => deviceProfile(7, index, 3))).not.toEqual(
      indexes.map((index) => deviceProfile(8, index, 3)),
    )
    expect(indexes.map((index) => faultPlan(7, index, rates))).not.toEqual(
      indexes.map((index) => faultPlan(8, index, rates)),
    )
    expect(keyInfoOf(deviceKey(7, 5))).not.toEqual(keyInfoOf(deviceKey(8, 5)))
  })

  test('serials and public keys are unique within a fleet', () => {
    expect(new Set(indexes.map((index) => deviceProfile(1, index, 3).serial)).size).toBe(indexes.length)
    expect(new Set(indexes.map((index) => Buffer.from(keyInfoOf(deviceKey(1, index))).toString('hex'))).size).toBe(
      indexes.length,
    )
  })

  test('a household of three has one device of each class, in one time zone', () => {
    for (let household = 0; household < 50; household++) {
      const devices = [0, 1, 2].map((position) => deviceProfile(1, household * 3 + position, 3))
      const classes = devices.map((device) => device.class).sort()
      expect(classes).toEqual(['gateway', 'phone', 'set-top-box'])
      expect(new Set(devices.map((device) => device.timeZone)).size).toBe(1)
    }
  })

  test('devices of a class differ in model, memory, storage and runtimes', () => {
    const phones = indexes.map((index) => deviceProfile(1, index, 3)).filter((device) => device.class === 'phone')
    const different = (value: (device: (typeof phones)[number]) => unknown): number =>
      new Set(phones.map((device) => JSON.stringify(value(device)))).size
    expect(different((device) => device.hardware)).toBeGreaterThan(1)
    expect(different((device) => device.memory)).toBeGreaterThan(1)
    expect(different((device) => device.storage)).toBeGreaterThan(1)
    expect(different((device) => device.runtimes)).toBeGreaterThan(1)
  })

  test('one fault being switched on does not change who has another', () => {
    const slowOnly = indexes.map((index) => faultPlan(1, index, { ...noFaults, slow: 0.2 }).slowRate)
    expect(indexes.map((index) => faultPlan(1, index, rates).slowRate)).toEqual(slowOnly)
  })

  test('about the given share of the devices has a fault, and none without', () => {
    const struck = indexes.filter((index) => faultPlan(1, index, rates).duplicates).length
    expect(struck).toBeGreaterThan(30)
    expect(struck).toBeLessThan(90)
    const healthy = faultPlan(1, 0, noFaults)
    expect(indexes.every((index) => faultPlan(1, index, noFaults) === healthy)).toBe(true)
  })

  test('numbers drawn are spread over the whole range', () => {
    const random = randomFor(1, 'spread', 0)
    const drawn = Array.from({ length: 1000 }, random)
    expect(Math.min(...drawn)).toBeLessThan(0.02)
    expect(Math.max(...drawn)).toBeGreaterThan(0.98)
    expect(Math.max(...drawn)).toBeLessThan(1)
  })
})
