import { expect, test } from 'vitest'
import { limitOf } from './limits.ts'
import type { Asked, CapabilityReport } from '@sutler/device-model'

const report: CapabilityReport = {
  class: 'phone',
  hardware: { model: 'P1', arch: 'arm64' },
  os: { name: 'linux', version: '6.6' },
  runtimes: {},
  features: ['restart'],
  installed: [],
}
const all = { ...report, features: ['takes-collect', 'takes-restart', 'takes-configure', 'takes-show'] }

const requests: readonly Asked[] = [
  { kind: 'collect-log', request: 'log-1', bytes: 1 },
  { kind: 'restart', reason: '' },
  { kind: 'configure', settings: {} },
  { kind: 'message', text: 'hello' },
]

test('a request is made only of an agent that names it among its features', () => {
  for (const asked of requests) {
    expect(limitOf(asked, all)).toBeNull()
    expect(limitOf(asked, report)).toMatch(/^its agent cannot be asked to .*: its features have no takes-[a-z]+, /)
    expect(limitOf(asked, null)).toBe('the device has not yet said what it can be asked for')
  }
})

test('settings that the device does not name, or with another value than it takes, are refused with the reason', () => {
  const device = { ...all, settings: { volume: { value: 5, most: 10 } } }
  expect(limitOf({ kind: 'configure', settings: { volume: 10 } }, device)).toBeNull()
  expect(limitOf({ kind: 'configure', settings: { volume: 11 } }, device)).toBe(
    'volume takes a whole number from 0 to 10',
  )
  expect(limitOf({ kind: 'configure', settings: { tone: 1 } }, device)).toBe(
    'the device has no setting tone: it has volume',
  )
})

test.each(['query-capabilities', 'ping'] as const)('%s is asked of every agent', (kind) => {
  expect(limitOf({ kind }, null)).toBeNull()
})
