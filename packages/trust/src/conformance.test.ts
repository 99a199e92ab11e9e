import { describe, expect, test } from 'vitest'
import { jsonBytes } from './json/canonical.ts'
import { jsonObject, withFields } from './json/value.ts'
import { readEnvelope } from './metadata/envelope.ts'
import { keyId } from './metadata/keys.ts'
import { signFile } from './repository/signing.ts'
import { Device, refusal } from './test/device.ts'
import { holder, holders, nodeCrypto } from './test/node-crypto.ts'
import { day, edited, now, Repository, versionOf } from './test/repository.ts'
import type { Holder } from './test/node-crypto.ts'

/** The cases of tuf-conformance about keys, signatures and what a client has, as far as they are not in the tests of attacks. */

describe('keys and signatures', () => {
  test('a threshold that the keys cannot reach spoils the role and not the root', async () => {
    const repository = await Repository.create()
    const device = new Device(repository.root)
    const { signed } = readEnvelope(repository.root, 'root', Infinity)
    const oldRoles = signed.get('roles') as typeof signed
    const snapshot = withFields(oldRoles.get('snapshot') as typeof signed, { threshold: 6 })
    const roles = withFields(oldRoles, { snapshot })
    repository.putRoot(await signFile(withFields(signed, { roles, version: 2 }), repository.signers('root')))
    expect(refusal(await device.update(repository.files))).toEqual({ code: 'below-threshold', what: 'snapshot' })
    expect(versionOf(device.store.get('root.json') ?? new Uint8Array(), 'root')).toBe(2)
  })

  test('a key id twice in a role is refused', async () => {
    const repository = await Repository.create()
    const device = new Device(repository.root)
    const { signed } = readEnvelope(repository.root, 'root', Infinity)
    const oldRoles = signed.get('roles') as typeof signed
    const keyids = repository.signers('snapshot').flatMap(({ keyId }) => [keyId, keyId])
    const roles = withFields(oldRoles, { snapshot: jsonObject({ keyids, threshold: 2 }) })
    repository.putRoot(await signFile(withFields(signed, { roles, version: 2 }), repository.signers('root')))
    expect(refusal(await device.update(repository.files))?.code).toBe('duplicate')
  })

  test.each(['ed25519', 'ecdsa-sha2-nistp256', 'rsassa-pss-sha256'] as const)(
    '%s verifies, and a wrong signature does not',
    async (scheme) => {
      const repository = await Repository.create()
      const device = new Device(repository.root)
      const extra = await holder(scheme)
      await repository.rotate({ root: { holders: [...repository.roles.root.holders, extra], threshold: 2 } })
      expect(refusal(await device.update(repository.files))).toBe(null)
      await repository.rotate({})
      const wrong = { keyId: extra.key.id, sign: () => extra.signer.sign(new Uint8Array(1)) }
      repository.putRoot(await edited(repository.root, {}, [...repository.signers('root').slice(0, 1), wrong]))
      expect(refusal(await device.update(repository.files))).toEqual({ code: 'below-threshold', what: 'root' })
    },
  )

  test.each(['', 'zz', 'ab'])('a second signature that is none (%j) does no harm', async (sig) => {
    const repository = await Repository.create()
    const device = new Device(repository.root)
    const [one, two] = await holders(2)
    if (!one || !two) throw new Error('two holders')
    await repository.rotate({ timestamp: { holders: [one, two], threshold: 1 } })
    await repository.publishTimestamp()
    const { signed, signatures } = readEnvelope(repository.timestamp ?? new Uint8Array(), 'timestamp', Infinity)
    const list = [...new Map(signatures).set(one.key.id, sig)].map(([keyid, sig]) => jsonObject({ keyid, sig }))
    repository.putTimestamp(jsonBytes(jsonObject({ signatures: list, signed })))
    expect(refusal(await device.update(repository.files))).toBe(null)
  })

  test('a key of a scheme that nobody knows is kept and never counts', async () => {
    const repository = await Repository.create()
    const device = new Device(repository.root)
    const id = await keyId('future', 'future-512', 'x', nodeCrypto)
    const json = jsonObject({ keytype: 'future', scheme: 'future-512', keyval: jsonObject({ public: 'x' }) })
    const key = { id, keytype: 'future', scheme: 'future-512', text: 'x', json }
    const future: Holder = { key, signer: { keyId: id, sign: () => new Uint8Array(8) } }
    await repository.rotate({ timestamp: { holders: [future, ...repository.roles.timestamp.holders], threshold: 1 } })
    await repository.publishTimestamp()
    expect(refusal(await device.update(repository.files))).toBe(null)
  })

  test('fields that nobody knows are signed over, in a key too, whether its id counts them or not', async () => {
    const repository = await Repository.create()
    const device = new Device(repository.root)
    const plain = await holder()
    const json = withFields(plain.key.json, { keyid_hash_algorithms: ['md5'] })
    await repository.rotate({ snapshot: { holders: [{ ...plain, key: { ...plain.key, json } }], threshold: 1 } })
    const custom = jsonObject({ 'x-any': [1, null, true, jsonObject({ deep: 'ü\n"\\' })] })
    await repository.publish(withFields(repository.nextTargets(), { 'x-other': custom, version: 2 }))
    expect(refusal(await device.update(repository.files))).toBe(null)
  })
})

describe('what a client already has', () => {
  test('an unsigned or incomplete root that it came with ends all', async () => {
    const repository = await Repository.create()
    const { signed } = readEnvelope(repository.root, 'root', Infinity)
    const device = new Device(await signFile(signed, []))
    expect(refusal(await device.update(repository.files))?.code).toBe('below-threshold')
    const incomplete = new Device(
      await signFile(withFields(signed, { version: undefined }), repository.signers('root')),
    )
    expect(refusal(await incomplete.update(repository.files))?.code).toBe('bad-field')
    expect([...device.fetched, ...incomplete.fetched]).toEqual([])
  })

  test('a timestamp of the same version with other content: the first one stays', async () => {
    const repository = await Repository.create()
    const device = new Device(repository.root)
    await device.update(repository.files)
    const first = repository.timestamp
    repository.putTimestamp(
      await edited(first ?? new Uint8Array(), { expires: '2040-01-01T00:00:00Z' }, repository.signers('timestamp')),
    )
    expect(refusal(await device.update(repository.files))).toBe(null)
    expect(device.store.get('timestamp.json')).toEqual(first)
  })

  test('an expired timestamp is the floor for the next one', async () => {
    const repository = await Repository.create()
    const device = new Device(repository.root)
    await repository.publishTimestamp()
    await device.update(repository.files)
    const later = now + 2 * day
    const signers = repository.signers('timestamp')
    const current = repository.timestamp ?? new Uint8Array()
    repository.putTimestamp(await edited(current, { version: 1, expires: '2040-01-01T00:00:00Z' }, signers))
    expect(refusal(await device.update(repository.files, [], { now: later }))?.code).toBe('rollback')
    repository.putTimestamp(await edited(current, { version: 3, expires: '2040-01-01T00:00:00Z' }, signers))
    expect(refusal(await device.update(repository.files, [], { now: later }))).toBe(null)
  })

  test('a missing timestamp is refused', async () => {
    const repository = await Repository.create()
    repository.files.delete('timestamp.json')
    expect(refusal(await new Device(repository.root).update(repository.files))).toEqual({
      code: 'absent',
      what: 'timestamp',
    })
  })
})
