import type { Manifest } from '@sutler/device-model'
import { describe, expect, it } from 'vitest'
import { judge, type Claim } from './proof.ts'

const manifest: Manifest = {
  service: 'tv-guide',
  version: '1.0.0',
  component: 'gateway',
  restart: 'none',
  health: null,
  files: [
    { path: 'a', size: 1, digest: 'aa', mode: 0o644 },
    { path: 'b', size: 1, digest: 'bb', mode: 0o644 },
  ],
}
const claim: Claim = { result: 'installed', digests: ['aa', 'bb'], health: { ok: true, detail: '' }, error: '' }

describe('the proof of a delivery', () => {
  it('holds when every digest in place is the ordered one and the health check passed', () => {
    expect(judge(claim, manifest)).toMatchObject({ holds: true, files: 2 })
  })
  it('fails when a file differs or is missing, and names it', () => {
    expect(judge({ ...claim, digests: ['aa', null] }, manifest)).toMatchObject({ holds: false, wrong: ['b'] })
    expect(judge({ ...claim, digests: ['xx', 'bb'] }, manifest)).toMatchObject({ holds: false, wrong: ['a'] })
  })
  it('fails when fewer or more digests come than the manifest has files', () => {
    expect(judge({ ...claim, digests: ['aa'] }, manifest).holds).toBe(false)
    expect(judge({ ...claim, digests: ['aa', 'bb', 'cc'] }, manifest).holds).toBe(false)
  })
  it('fails when the health check failed or the device went back to the old version', () => {
    expect(judge({ ...claim, health: { ok: false, detail: 'exit 1' } }, manifest).detail).toContain('exit 1')
    expect(judge({ ...claim, result: 'rolled-back', error: 'health-check' }, manifest).detail).toContain('rolled-back')
  })
  it('says what the health check said when the device went back or kept nothing', () => {
    const outcome = { error: 'health-check-failed', health: { ok: false, detail: 'node ended with 1; no picture' } }
    expect(judge({ ...claim, ...outcome, result: 'rolled-back' }, manifest).detail).toBe(
      'rolled-back: health-check-failed: node ended with 1; no picture',
    )
  })
  it('names at most ten of the files that differ', () => {
    const files = Array.from({ length: 12 }, (_, n) => ({ path: `f${n}`, size: 1, digest: 'aa', mode: 0o644 }))
    const proof = judge({ ...claim, digests: files.map(() => 'bb') }, { ...manifest, files })
    expect(proof.wrong).toHaveLength(10)
    expect(proof.detail).toBe('12 of 12 files are not as ordered: f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 and others')
  })
  it('of a suspension holds when the service is out of use, and notes which files were kept', () => {
    const removed = { ...claim, result: 'removed' } as const
    expect(judge(removed, manifest, 'suspend')).toEqual({ holds: true, files: 2, wrong: [], detail: '' })
    expect(judge({ ...removed, digests: [] }, manifest, 'suspend')).toMatchObject({
      holds: true,
      files: 0,
      wrong: ['a', 'b'],
      detail: expect.stringContaining('2 files were not kept'),
    })
    expect(judge({ ...claim, result: 'failed', error: 'io' }, manifest, 'suspend').holds).toBe(false)
  })
  it('of a removal holds when the device says it removed', () => {
    expect(judge({ ...claim, result: 'removed', digests: [] }, null).holds).toBe(true)
    expect(judge({ ...claim, result: 'failed', error: 'io' }, null).holds).toBe(false)
  })
})

describe('the proof of a device without our agent', () => {
  const by = 'DU state Installed'
  const said = { ...claim, digests: [], reported: { name: 'tv-guide', version: '1.0.0', by } }
  it('holds when it names the service and the version, and keeps where it says so', () => {
    expect(judge(said, manifest)).toEqual({ holds: true, files: 2, wrong: [], detail: '', by })
  })
  it('goes by what the developer says the device calls it', () => {
    const named = { ...manifest, reports: { name: 'release-7', version: '' } }
    expect(judge({ ...said, reported: { name: 'release-7', version: '', by } }, named).holds).toBe(true)
    expect(judge(said, named)).toMatchObject({
      holds: false,
      detail: 'the device says it runs tv-guide-1.0.0 (DU state Installed), not release-7',
    })
  })
  it('fails when it runs something else, or is not well', () => {
    expect(judge({ ...said, reported: { name: 'tv-guide', version: '0.9.0', by } }, manifest).holds).toBe(false)
    expect(judge({ ...said, health: { ok: false, detail: 'no picture' } }, manifest).detail).toContain('no picture')
    expect(judge({ ...said, result: 'rolled-back', error: '9010' }, manifest).detail).toBe('rolled-back: 9010')
  })
})
