import { createPublicKey } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { fromPem } from './bytes.ts'
import { known } from './client/turns.ts'
import { readEnvelope } from './metadata/envelope.ts'
import { authorityOf, directorField, readRoot } from './metadata/root.ts'
import { readTargets } from './metadata/targets.ts'
import { publicKey } from './repository/roles.ts'
import { nextRoot, replaceKey } from './repository/root.ts'
import { addSignature, bytesToSign, signatureState, signFile, unsignedFile } from './repository/signing.ts'
import { nextSnapshot, nextTimestamp } from './repository/snapshot.ts'
import {
  firstTargets,
  withBins,
  withDelegation,
  withoutDelegation,
  withoutTarget,
  withTarget,
} from './repository/targets.ts'
import { withFields } from './json/value.ts'
import { codeOf, Device, outcome, refusal } from './test/device.ts'
import { holder, holders, nodeCrypto } from './test/node-crypto.ts'
import { day, edited, now, Repository } from './test/repository.ts'
import type { Holder } from './test/node-crypto.ts'
import type { Targets } from './metadata/targets.ts'
import type { JsonObject } from './json/value.ts'

const sha256 = 'ab'.repeat(32)
let keys: readonly Holder[]
let developer: Holder

beforeAll(async () => {
  keys = await holders(3)
  developer = await holder()
})

const read = (signed: JsonObject): Targets => readTargets(readEnvelope(unsignedFile(signed), 'targets', Infinity))
const delegation = (name = 'tv', by = developer): Parameters<typeof withDelegation>[1] => ({
  name,
  keys: [by.key],
  threshold: 1,
  terminating: true,
  paths: [`${name}/*`],
})

describe('signing', () => {
  test('by holders one after the other, each with the same bytes before them, until the threshold is met', async () => {
    const repository = await Repository.create({ root: { holders: keys, threshold: 2 } })
    const authority = authorityOf(readRoot(readEnvelope(repository.root, 'root', Infinity)), 'root')
    let file = unsignedFile(nextRoot(repository.root, now + day))
    const toSign = bytesToSign(file)
    expect(await signatureState(file, authority, nodeCrypto)).toEqual({ signed: [], needed: 2 })
    for (const [index, { signer }] of keys.slice(0, 2).entries()) {
      file = await addSignature(file, signer)
      expect(bytesToSign(file)).toEqual(toSign)
      expect((await signatureState(file, authority, nodeCrypto)).signed).toHaveLength(index + 1)
    }
    expect(await addSignature(file, known(keys[0]).signer)).toEqual(file)
    repository.putRoot(file)
    expect(refusal(await new Device(repository.root).update(repository.files))).toBe(null)
  })

  test('a compressed point is refused: the same key would have two forms, and could count twice', async () => {
    const { key } = await holder('ecdsa-sha2-nistp256')
    const point = known(fromPem(key.text, 'PUBLIC KEY')).subarray(-64)
    const header = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex')
    const compressed = Buffer.concat([header, Buffer.from([2 + ((point[63] ?? 0) & 1)]), point.subarray(0, 32)])
    const same = createPublicKey({ key: compressed, format: 'der', type: 'spki' })
    expect(same.export({ format: 'jwk' })).toEqual(createPublicKey(key.text).export({ format: 'jwk' }))
    const text = `-----BEGIN PUBLIC KEY-----\n${compressed.toString('base64')}\n-----END PUBLIC KEY-----\n`
    expect(await codeOf(() => publicKey('ecdsa-sha2-nistp256', text, nodeCrypto))).toBe('bad-change')
  })

  test('a text that is no public key is refused', async () => {
    for (const scheme of ['ed25519', 'ecdsa-sha2-nistp256', 'rsassa-pss-sha256'] as const)
      expect(await codeOf(() => publicKey(scheme, 'abcd', nodeCrypto))).toBe('bad-change')
    const p256 = await holder('ecdsa-sha2-nistp256')
    expect(await codeOf(() => publicKey('ecdsa-sha2-nistp256', p256.key.text, nodeCrypto))).toBe(null)
    const broken = p256.key.text.replace('MF', '=F')
    expect(await codeOf(() => publicKey('ecdsa-sha2-nistp256', broken, nodeCrypto))).toBe('bad-change')
  })
})

describe('a next root', () => {
  test.each(['root', 'targets', 'snapshot', 'timestamp', 'director'] as const)(
    'replaces a key of %s and drops the old one',
    async (role) => {
      const repository = await Repository.create()
      const root = readRoot(readEnvelope(repository.root, 'root', Infinity))
      const named = role === 'director' ? root.director : root.roles[role]
      const old = repository.signers(role)[0]?.keyId ?? ''
      const fresh = await holder()
      const change = replaceKey(root, known(named), old, fresh.key)
      const file = unsignedFile(nextRoot(repository.root, now + day, { [role]: change }))
      const next = readRoot(readEnvelope(file, 'root', Infinity))
      expect(next.version).toBe(2)
      expect([...next.keys.keys()].sort()).toEqual(
        [...root.keys.keys()]
          .filter((id) => id !== old)
          .concat(fresh.key.id)
          .sort(),
      )
      expect((role === 'director' ? next.director : next.roles[role])?.keyids).toEqual([fresh.key.id])
      expect(await codeOf(() => replaceKey(root, known(named), 'none', fresh.key))).toBe('bad-change')
    },
  )

  test('keeps what it does not know, and takes no role that could never be signed', async () => {
    const repository = await Repository.create()
    const root = await edited(
      repository.root,
      { 'x-any': ['kept'], [directorField]: undefined },
      repository.signers('root'),
    )
    const [one] = keys
    if (!one) throw new Error('a holder')
    const next = nextRoot(root, now + day, { timestamp: { keys: [one.key], threshold: 1 } })
    expect(next.get('x-any')).toEqual(['kept'])
    expect(next.has(directorField)).toBe(false)
    expect(nextRoot(root, now, { director: { keys: [one.key], threshold: 1 } }).has(directorField)).toBe(true)
    for (const threshold of [0, 2])
      expect(await codeOf(() => nextRoot(root, now, { root: { keys: [one.key], threshold } }))).toBe('bad-change')
    expect(await codeOf(() => nextRoot(root, now, { root: { keys: [one.key, one.key], threshold: 1 } }))).toBe(
      'bad-change',
    )
  })
})

describe('targets metadata', () => {
  test('get and lose targets and delegations, and keep the rest', async () => {
    let signed = withFields(firstTargets(now), { 'x-any': 1 })
    signed = withTarget(withTarget(signed, 'a', { length: 1, sha256 }), 'b', { length: 2, sha256 })
    signed = withDelegation(withDelegation(signed, delegation()), delegation('radio', keys[0]))
    expect(read(signed).delegations?.roles.map(({ name }) => name)).toEqual(['tv', 'radio'])
    signed = withDelegation(signed, delegation('tv', keys[1]))
    expect(read(signed).delegations?.roles.map(({ name }) => name)).toEqual(['tv', 'radio'])
    expect([...(read(signed).delegations?.keys.keys() ?? [])].sort()).toEqual([keys[0]?.key.id, keys[1]?.key.id].sort())
    signed = withoutDelegation(withoutTarget(signed, 'a'), 'radio')
    expect(read(signed)).toMatchObject({
      targets: new Map([['b', { length: 2 }]]),
      delegations: { roles: [{ name: 'tv' }] },
    })
    expect(signed.get('x-any')).toBe(1)
    expect(await codeOf(() => withoutTarget(signed, 'a'))).toBe('bad-change')
    expect(await codeOf(() => withoutDelegation(signed, 'radio'))).toBe('bad-change')
  })

  test('are delegated by patterns that all clients take for the same', async () => {
    for (const path of ['tv/[a]', '{tv,radio}/x', '!tv', 'tv/+(x)', '#tv'])
      expect(await codeOf(() => withDelegation(firstTargets(now), { ...delegation(), paths: [path] }))).toBe(
        'bad-change',
      )
    const both = { ...delegation(), pathHashPrefixes: ['ab'] }
    expect(await codeOf(() => withDelegation(firstTargets(now), both))).toBe('bad-change')
  })

  test('in bins by the beginning of the SHA-256 of their path are found in theirs', async () => {
    const repository = await Repository.create()
    // SHA-256 of `a` begins with ca, that of `b` with 3e.
    for (const [name, pathHashPrefixes] of [
      ['low', ['0', '1', '2', '3']],
      ['high', ['C', 'd']],
    ] as const) {
      const bin = { name, keys: [developer.key], threshold: 1, terminating: false, pathHashPrefixes }
      await repository.publish(withDelegation(repository.nextTargets(), bin))
      const targets = withTarget(withTarget(firstTargets(now + day), 'a', { length: 1, sha256 }), 'b', {
        length: 1,
        sha256,
      })
      await repository.publish(targets, name, [developer.signer])
    }
    expect(outcome(await new Device(repository.root).update(repository.files, ['a']))).toBe('high')
    expect(outcome(await new Device(repository.root).update(repository.files, ['b']))).toBe('low')
  })

  test('in succinct bins are found in theirs', async () => {
    const repository = await Repository.create()
    const bins = { keys: [developer.key], threshold: 1 }
    await repository.publish(withBins(repository.nextTargets(), 'bin', 9, bins))
    // ca978… is the bin of `a`: its first nine bits are 1 1001 0101.
    await repository.publish(withTarget(firstTargets(now + day), 'a', { length: 1, sha256 }), 'bin-195', [
      developer.signer,
    ])
    const device = new Device(repository.root)
    expect(outcome(await device.update(repository.files, ['a', 'a']))).toBe('bin-195')
    expect(outcome(await device.update(repository.files, ['b']))).toBe('not-in-snapshot')
    expect(await codeOf(() => withDelegation(withBins(firstTargets(now), 'bin', 1, bins), delegation()))).toBe(
      'bad-change',
    )
  })
})

describe('snapshot and timestamp', () => {
  test('go up by one and never name anything older', async () => {
    const repository = await Repository.create()
    await repository.publish(repository.nextTargets())
    const old = repository.files.get('1.targets.json') ?? new Uint8Array()
    const { snapshot, timestamp } = repository
    expect(await codeOf(() => nextSnapshot(snapshot, new Map([['targets', old]]), now, nodeCrypto))).toBe('bad-change')
    const oldSnapshot = repository.files.get('1.snapshot.json') ?? new Uint8Array()
    expect(await codeOf(() => nextTimestamp(timestamp, oldSnapshot, now, nodeCrypto))).toBe('bad-change')
    expect(await codeOf(() => nextSnapshot(null, new Map(), now, nodeCrypto))).toBe('bad-change')
    expect((await nextSnapshot(snapshot, new Map(), now, nodeCrypto)).get('version')).toBe(3)
  })
})

describe('reading', () => {
  const targets = firstTargets(now)
  test.each([
    ['another major version', { spec_version: '2.0.0' }, 'unsupported-version'],
    ['no version of the specification', { spec_version: 'x' }, 'unsupported-version'],
    ['version 0', { version: 0 }, 'bad-field'],
    ['a day that is none', { expires: '2030-02-30T00:00:00Z' }, 'bad-field'],
    ['a time with an offset', { expires: '2030-02-03T00:00:00+01:00' }, 'bad-field'],
    ['a number for a time', { expires: 5 }, 'bad-field'],
    ['a target without a length', { targets: new Map([['a', new Map([['hashes', new Map()]])]]) }, 'bad-field'],
    ['targets in a list', { targets: [] }, 'bad-field'],
    ['a target path that is too long', { targets: new Map([['a'.repeat(2_000), new Map()]]) }, 'bad-field'],
    ['delegations without roles', { delegations: new Map([['keys', new Map()]]) }, 'bad-field'],
  ])('refuses %s', async (_, fields, code) => {
    expect(await codeOf(() => read(withFields(targets, fields)))).toBe(code)
  })

  test.each([
    ['a name of a top-level role', { name: 'root' }, 'bad-field'],
    ['a name that is too long', { name: 'ü'.repeat(33) }, 'bad-field'],
    ['a threshold of 0', { threshold: 0 }, 'bad-field'],
    ['more keys than a role may have', { keyids: Array.from({ length: 65 }, (_, index) => `${index}`) }, 'too-many'],
    ['patterns and prefixes', { path_hash_prefixes: ['ab'] }, 'bad-field'],
    ['a role twice', null, 'duplicate'],
  ])('refuses a delegation with %s', async (_, fields, code) => {
    const signed = withDelegation(targets, delegation())
    const delegations = signed.get('delegations') as JsonObject
    const [role] = delegations.get('roles') as readonly JsonObject[]
    if (!role) throw new Error('a role')
    const roles = fields ? [withFields(role, fields)] : [role, role]
    expect(await codeOf(() => read(withFields(signed, { delegations: withFields(delegations, { roles }) })))).toBe(code)
  })

  test('refuses bins that are too many, and a prefix that is too long', async () => {
    const bins = { keys: [developer.key], threshold: 1 }
    expect(await codeOf(() => read(withBins(targets, 'bin', 33, bins)))).toBe('bad-field')
    expect(await codeOf(() => read(withBins(targets, 'b'.repeat(56), 8, bins)))).toBe('bad-field')
  })

  test('refuses a timestamp that names more than the snapshot', async () => {
    const repository = await Repository.create()
    const meta = new Map(['snapshot.json', 'targets.json'].map((name) => [name, new Map([['version', 1]])]))
    repository.putTimestamp(
      await edited(repository.timestamp ?? new Uint8Array(), { meta }, repository.signers('timestamp')),
    )
    expect(refusal(await new Device(repository.root).update(repository.files))?.code).toBe('bad-field')
  })

  test('refuses a signature that is no text', async () => {
    const file = await signFile(targets, [developer.signer])
    const text = Buffer.from(file)
      .toString()
      .replace(/"sig":"[0-9a-f]+"/, '"sig":7')
    expect(await codeOf(() => readEnvelope(Buffer.from(text), 'targets', Infinity))).toBe('bad-field')
  })
})
