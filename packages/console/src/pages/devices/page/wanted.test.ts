import { expect, test } from 'vitest'
import { standings } from './wanted.ts'

const delivery = (service: string, version: string, state: string, kind = 'install') =>
  ({ id: `dlv-${service}-${version}`, service, component: 'app', version, state, kind, manifest: version }) as never
/** As a device reports it; the manifest of a version is called like it here. */
const installed = (service: string, version: string, manifest = version) =>
  ({ service, component: 'app', version, manifest, epoch: 1 }) as never

test('the newest intention says what should be, unless it was cancelled; the report says what is', () => {
  const told = standings(
    [
      delivery('guide', '3.0.0', 'cancelled'),
      delivery('guide', '2.0.0', 'confirmed'),
      delivery('guide', '1.0.0', 'confirmed'),
      delivery('radio', '1.1.0', 'pending'),
      delivery('radio', '1.0.0', 'confirmed'),
      delivery('clock', '1.0.0', 'failed'),
      delivery('mail', '1.0.0', 'confirmed', 'remove'),
      delivery('chess', '1.0.0', 'confirmed', 'remove'),
    ],
    {
      installed: [
        installed('guide', '2.0.0'),
        installed('radio', '1.0.0'),
        installed('chess', '1.0.0'),
        installed('own', '9.9.9'),
      ],
    },
  ).map(({ service, wanted, has, state }) => [service, wanted, has, state])
  expect(told).toEqual([
    ['chess', null, '1.0.0', 'differs'],
    ['clock', '1.0.0', null, 'failed'],
    ['guide', '2.0.0', '2.0.0', 'agrees'],
    ['own', null, '9.9.9', 'unknown'],
    ['radio', '1.1.0', '1.0.0', 'underWay'],
  ])
})

test('the version alone does not make it so: its files are told apart by the digest of their list', () => {
  const deliveries = [delivery('guide', '2.0.0', 'confirmed')]
  const state = (version: string, manifest?: string) =>
    standings(deliveries, { installed: [installed('guide', version, manifest)] })[0]?.state
  expect([state('2.0.0'), state('2.0.0', 'other'), state('1.0.0')]).toEqual(['agrees', 'files', 'differs'])
})

test('of a device that cannot say what it runs nothing is said but that it has proved it', () => {
  const deliveries = [delivery('guide', '2.0.0', 'confirmed'), delivery('radio', '1.0.0', 'pending')]
  const told = standings(deliveries, { protocol: 'ddi', installed: [] }).map(({ state }) => state)
  expect(told).toEqual(['proved', 'underWay'])
})
