import type { CapabilityReport } from '@sutler/device-model'
import { expect, test } from 'vitest'
import { fingerprint } from './fingerprint.ts'

const report: CapabilityReport = {
  class: 'phone',
  hardware: { model: 'P1', arch: 'arm64', cpus: 8 },
  os: { name: 'android', version: '15' },
  memory: { total: 8e9 },
  storage: { total: 64e9, free: 10e9 },
  runtimes: { node: '24.0.0', web: '1' },
  features: ['restart'],
  timeZone: 'Europe/Berlin',
  installed: [],
}

test('the order of keys does not matter', () => {
  const turned = Object.fromEntries(Object.entries(report).toReversed()) as unknown as CapabilityReport
  const runtimes = { web: '1', node: '24.0.0' }
  expect(fingerprint({ ...turned, runtimes })).toEqual(fingerprint(report))
})

test('free storage changes the whole, not what lasts', () => {
  const fuller = fingerprint({ ...report, storage: { total: 64e9, free: 9e9 } })
  expect(fuller.lasting).toEqual(fingerprint(report).lasting)
  expect(fuller.whole).not.toEqual(fingerprint(report).whole)
})

test('anything else changes both', () => {
  const upgraded = fingerprint({ ...report, os: { name: 'android', version: '16' } })
  expect(upgraded.lasting).not.toEqual(fingerprint(report).lasting)
  expect(upgraded.whole).not.toEqual(fingerprint(report).whole)
})
