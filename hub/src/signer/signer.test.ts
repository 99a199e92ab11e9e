import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkSigned, publicKey, readEnvelope, readTimestamp, type Key } from '@sutler/trust'
import { nodeTrustCrypto } from '@sutler/trust/node'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { manualClock, type ManualClock } from '../../../test/support/manual-clock.ts'
import { KeyStore } from './key-store.ts'
import type { SignerRefusal } from './refusal.ts'
import type { OnlineKey, OnlineRole } from './requests.ts'
import { Signer } from './signer.ts'

const sha256 = 'a'.repeat(64)
let directory: string
let clock: ManualClock
let signer: Signer
const seconds = (): number => Math.floor(clock.now() / 1000)

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-signer-'))
  clock = manualClock()
  signer = await open()
})

async function open(): Promise<Signer> {
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return new Signer(await KeyStore.open(directory, seconds()), clock)
}

async function keyOf(role: OnlineRole): Promise<OnlineKey> {
  return ((await signer.answer({ kind: 'public-keys' })) as OnlineKey[]).findLast((key) => key.role === role)!
}

async function timestamp(changes: object = {}): Promise<object> {
  const fields = { version: 1, expires: seconds() + 3_600, snapshot: { version: 1, length: 10, sha256 }, ...changes }
  return { kind: 'sign', role: 'timestamp', key: (await keyOf('timestamp')).keyId, fields }
}

async function assignment(changes: object = {}): Promise<object> {
  const floor = { root: 1, snapshot: 1 }
  const fields = {
    version: seconds(),
    expires: seconds() + 3_600,
    device: 'dev-12345678',
    floor,
    assigned: [],
    ...changes,
  }
  return { kind: 'sign', role: 'director', key: (await keyOf('director')).keyId, fields }
}

describe('the signer', () => {
  it('signs documents that it has written, with the key of the role', async () => {
    const file = Buffer.from(String(await signer.answer(await timestamp())), 'base64')
    const envelope = readEnvelope(file, 'timestamp', 10_000)
    expect(readTimestamp(envelope)).toMatchObject({ version: 1, expires: seconds() + 3_600 })
    const key: Key = await publicKey('ed25519', (await keyOf('timestamp')).public, nodeTrustCrypto)
    const authority = { keys: new Map([[key.id, key]]), role: { keyids: [key.id], threshold: 1 } }
    await checkSigned(envelope, authority, nodeTrustCrypto)
  })

  it('keeps its keys to itself, in files of its own user, over a restart', async () => {
    const before = await signer.answer({ kind: 'public-keys' })
    expect(JSON.stringify(before)).not.toContain('private')
    const [written] = JSON.parse(await readFile(join(directory, 'keys.json'), 'utf8')) as { key: string }[]
    expect(JSON.stringify(before)).not.toContain(written!.key)
    expect((await stat(join(directory, 'keys.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    signer = await open()
    expect(await signer.answer({ kind: 'public-keys' })).toEqual(before)
  })

  it('never goes back, over a restart neither', async () => {
    await signer.answer(await timestamp({ version: 7 }))
    for (const version of [6, 7])
      await expect(signer.answer(await timestamp({ version }))).rejects.toMatchObject({
        reason: 'version-refused',
        last: 7,
      })
    signer = await open()
    await expect(signer.answer(await timestamp({ version: 7 }))).rejects.toMatchObject({ reason: 'version-refused' })
    await signer.answer(await timestamp({ version: 8 }))
  })

  it('makes another key for a role, and keeps the newest few', async () => {
    const old = await keyOf('timestamp')
    await signer.answer(await timestamp({ version: 50 }))
    await signer.answer({ kind: 'new-key', role: 'timestamp' })
    expect((await keyOf('timestamp')).keyId).not.toBe(old.keyId)
    await signer.answer(await timestamp({ version: 1 }))
    await signer.answer({ ...(await timestamp({ version: 51 })), key: old.keyId })
    for (let made = 0; made < 3; made++) await signer.answer({ kind: 'new-key', role: 'timestamp' })
    const forgotten = { ...(await timestamp({ version: 52 })), key: old.keyId }
    await expect(signer.answer(forgotten)).rejects.toMatchObject({ reason: 'unknown-key' })
  })
})

describe('a hub in the wrong hands', () => {
  const refusal = (request: unknown): Promise<string> =>
    signer.answer(request).then(
      () => 'none',
      (error: SignerRefusal) => error.reason,
    )

  it.each(['root', 'targets', 'test'])('gets no signature of the role %s', async (role) => {
    expect(await refusal({ ...(await timestamp()), role })).toBe('bad-request')
    expect(await refusal({ kind: 'new-key', role })).toBe('bad-request')
  })

  it('gets no signature of bytes of its own making', async () => {
    const request = await timestamp()
    expect(await refusal({ ...request, kind: 'sign-bytes', bytes: 'AAAA' })).toBe('bad-request')
    expect(await refusal({ ...request, bytes: 'AAAA' })).toBe('bad-request')
    expect(await refusal(await timestamp({ _type: 'targets' }))).toBe('bad-request')
    expect(await refusal(await timestamp({ targets: {} }))).toBe('bad-request')
    for (const nothing of [null, 'sign', [], {}, { kind: 'private-keys' }, { kind: 'sign' }])
      expect(await refusal(nothing)).toBe('bad-request')
  })

  it('gets no signature of one role with the key of another', async () => {
    const { keyId } = await keyOf('director')
    expect(await refusal({ ...(await timestamp()), key: keyId })).toBe('unknown-key')
    expect(await refusal({ ...(await assignment()), key: (await keyOf('snapshot')).keyId })).toBe('unknown-key')
  })

  it('gets no document that lasts', async () => {
    expect(await refusal(await timestamp({ expires: seconds() + 3 * 86_400 }))).toBe('expiry-refused')
    expect(await refusal(await timestamp({ expires: seconds() }))).toBe('expiry-refused')
    expect(await refusal(await assignment({ expires: seconds() + 15 * 86_400 }))).toBe('expiry-refused')
  })

  it('cannot raise versions so far that real ones look old (fast-forward)', async () => {
    expect(await refusal(await timestamp({ version: Number.MAX_SAFE_INTEGER }))).toBe('version-refused')
    expect(await refusal(await timestamp({ version: 1_001 }))).toBe('version-refused')
    await signer.answer(await timestamp({ version: 1_000 }))
    await signer.answer(await timestamp({ version: 1_001 }))
    expect(await refusal(await assignment({ version: seconds() + 2 * 86_400 }))).toBe('version-refused')
    expect(await refusal(await assignment({ version: seconds() - 2 * 86_400 }))).toBe('version-refused')
  })

  it('is slowed down', async () => {
    for (let made = 0; made < 10; made++) await signer.answer({ kind: 'new-key', role: 'director' })
    expect(await refusal({ kind: 'new-key', role: 'director' })).toBe('rate-limited')
    clock.advance(100_000)
    await signer.answer({ kind: 'new-key', role: 'director' })
    expect(await refusal({ kind: 'new-key', role: 'director' })).toBe('rate-limited')
  })

  it('gets no assignment larger than devices take, nor with odd fields', async () => {
    const entry = { service: 's', version: '1', component: 'c', path: 's/1/c.manifest', length: 1, sha256 }
    expect(await refusal(await assignment({ assigned: Array.from({ length: 1_025 }, () => entry) }))).toBe(
      'bad-request',
    )
    expect(await refusal(await assignment({ assigned: [{ ...entry, sha256: 'x' }] }))).toBe('bad-request')
    expect(await refusal(await assignment({ device: '' }))).toBe('bad-request')
    expect(await refusal(await assignment({ version: 1.5 }))).toBe('bad-request')
  })
})
