import { expect, test } from 'vitest'
import { inputOf } from './inputs.ts'
import type { Capabilities } from '@sutler/wire'

const manifest = new Uint8Array(32).fill(1)

const capabilities: Capabilities = {
  id: 'b-2',
  t: 'capabilities',
  class: 'gateway',
  hardware: { model: 'GW-1', arch: 'mips', cpus: 2 },
  os: { name: 'linux', version: '6.6' },
  memory: { total: 134_217_728 },
  storage: { total: 268_435_456, free: 1000 },
  runtimes: { node: '20.11.0' },
  features: ['restart'],
  tz: 'Europe/Berlin',
  settings: { volume: { value: 5, most: 10 } },
  installed: [{ service: 'tv-guide', version: '1.0.0', component: 'gateway', manifest, epoch: 2 }],
}

test('every message of a device has its place in the neutral model', () => {
  const { t: _type, id: _id, tz, ...report } = capabilities
  const installed = [{ ...capabilities.installed[0], manifest: '01'.repeat(32) }]
  expect([
    inputOf({ id: 'b-1', t: 'hello', versions: [1], agent: 'a/1', boot: 'b' }),
    inputOf(capabilities),
    inputOf({ id: 'b-3', t: 'accept', delivery: 'd' }),
    inputOf({ id: 'b-4', t: 'decline', delivery: 'd', reason: 'busy', detail: 'later' }),
    inputOf({ id: 'b-5', t: 'progress', delivery: 'd', stage: 'verifying', done: 1, total: 2 }),
    inputOf({
      id: 'b-6',
      t: 'outcome',
      delivery: 'd',
      result: 'removed',
      digests: [],
      health: { ok: true, detail: 'x' },
    }),
    inputOf({ id: 'b-7', t: 'renew', delivery: 'd' }),
    inputOf({ id: 'b-8', t: 'log', request: 'log-1', lines: ['one', 'two'] }),
  ]).toEqual([
    { id: 'b-1', kind: 'hello', agent: 'a/1', boot: 'b' },
    { id: 'b-2', kind: 'capabilities', report: { ...report, timeZone: tz, installed } },
    { id: 'b-3', kind: 'accepted', delivery: 'd' },
    { id: 'b-4', kind: 'declined', delivery: 'd', reason: 'busy', detail: 'later' },
    { id: 'b-5', kind: 'progress', delivery: 'd', stage: 'verifying', done: 1, total: 2 },
    {
      id: 'b-6',
      kind: 'outcome',
      delivery: 'd',
      result: 'removed',
      digests: [],
      health: { ok: true, detail: 'x' },
      error: '',
    },
    { id: 'b-7', kind: 'renew', delivery: 'd' },
    { id: 'b-8', kind: 'log', request: 'log-1', text: 'one\ntwo' },
  ])
})
