import type { Manifest } from '@sutler/wire'
import { describe, expect, it } from 'vitest'
import type { InstallJob } from '../state.ts'
import { checkBegun, failed, mostChecks, nextAct, reverted, staged, switched } from './machine.ts'
import { directoriesOf, planStage } from './plan.ts'
import { afterFailure } from './retry.ts'

const manifest = (files: Record<string, string>): Manifest => ({
  service: 's-1',
  version: '1.0.0',
  component: 'app',
  restart: 'none',
  health: null,
  files: Object.entries(files).map(([path, digest]) => ({ path, digest, size: 1, mode: 0o644 })),
})

const job: InstallJob = {
  kind: 'install',
  delivery: 'd1',
  epoch: 1,
  service: 's-1',
  version: '1.0.0',
  component: 'app',
  manifest: { digest: '', size: 1 },
  bytes: 1,
  link: { base: '', query: '', expires: 0 },
  directory: '1-x',
  phase: 'staging',
  previous: null,
  boot: '',
  checks: 0,
  failure: null,
}

describe('the stage plan', () => {
  it('fetches each missing content once, takes the rest from the device', () => {
    const plan = planStage(manifest({ a: 'A', b: 'B', c: 'B', d: 'D' }), new Set(['a']), new Map([['D', 'old/d']]))
    expect(plan.fetch.map(({ path }) => path)).toEqual(['b'])
    expect(plan.repeat.map(({ file, from }) => [file.path, from])).toEqual([['c', 'b']])
    expect(plan.reuse.map(({ file, from }) => [file.path, from])).toEqual([['d', 'old/d']])
  })

  it('makes directories from the outside in', () => {
    expect(directoriesOf(manifest({ 'x/y/z/f': 'A', 'x/g': 'B', 'a/h': 'C' }))).toEqual(['a', 'x', 'x/y', 'x/y/z'])
  })
})

describe('the install machine', () => {
  it('goes from staging over the switch to the check', () => {
    const ready = staged(job, 'old')
    expect(nextAct(ready, 'boot-1')).toBe('switch')
    expect(nextAct(switched(ready, 'none', 'boot-1'), 'boot-1')).toBe('check')
  })

  it('asks for a restart in the boot of the switch, and checks in any other', () => {
    const waiting = switched(staged(job, null), 'device', 'boot-1')
    expect(nextAct(waiting, 'boot-1')).toBe('restart')
    expect(nextAct(waiting, 'boot-2')).toBe('check')
  })

  it('takes a check that never ends for a failed one', () => {
    let checked = switched(staged(job, 'old'), 'none', 'b')
    for (let n = 0; n < mostChecks; n++) checked = checkBegun(checked)
    expect(checked.phase).toBe('checking')
    expect(checkBegun(checked)).toMatchObject({ phase: 'reverting', failure: { code: 'health-check-failed' } })
  })

  it('restarts into the old version only when the new one had been restarted into', () => {
    const broken = failed(job, 'health-check-failed', '')
    expect(nextAct(reverted(broken, 'device', 'b'), 'b')).toBe('restart')
    expect(nextAct(reverted(broken, 'none', 'b'), 'b')).toBe('settle-reverted')
  })

  it('gives up what cannot get better, keeps trying what may, and never gives up the way back', () => {
    expect(afterFailure(job, 'invalid-manifest', 1)).toBe('give-up')
    expect(afterFailure(job, 'digest-mismatch', 1)).toBe('retry')
    expect(afterFailure(job, 'digest-mismatch', 2)).toBe('give-up')
    expect(afterFailure(job, 'network', 1000)).toBe('retry')
    expect(afterFailure(job, 'link-expired', 1)).toBe('renew')
    expect(afterFailure({ ...job, phase: 'reverting' }, 'disk', 1000)).toBe('retry')
  })
})
