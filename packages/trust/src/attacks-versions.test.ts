import { beforeEach, describe, expect, test } from 'vitest'
import { signFile } from './repository/signing.ts'
import { nextSnapshot, nextTimestamp } from './repository/snapshot.ts'
import { Attack, fileOf } from './test/attack.ts'
import { refusal } from './test/device.ts'
import { holders, nodeCrypto, signersOf } from './test/node-crypto.ts'
import { day, edited, now, versionOf } from './test/repository.ts'
import type { Device } from './test/device.ts'
import type { Repository } from './test/repository.ts'

/** The attacks on versions and on what belongs together, each with its safe outcome: refused, and what was trusted stays trusted. */

let attack: Attack
let repository: Repository
let device: Device

beforeEach(async () => {
  attack = await Attack.begin()
  repository = attack.repository
  device = attack.device
})

describe('versions', () => {
  test('an older timestamp: refused by the trusted one', async () => {
    const old = fileOf(repository, 'timestamp.json')
    await repository.publishTimestamp()
    await attack.updateBefore()
    repository.putTimestamp(old)
    expect(await attack.outcome('timestamp')).toBe('timestamp: rollback')
  })

  test('a newer timestamp that names an older snapshot: refused', async () => {
    const old = repository.snapshot ?? new Uint8Array()
    await repository.publishSnapshot()
    await attack.updateBefore()
    const signed = await nextTimestamp(null, old, now + day, nodeCrypto)
    const older = await signFile(signed, repository.signers('timestamp'))
    repository.putTimestamp(await edited(older, { version: 9 }, repository.signers('timestamp')))
    expect(await attack.outcome('timestamp')).toBe('timestamp: rollback')
  })

  test('a newer snapshot that names older targets: refused', async () => {
    const old = repository.targets.get('targets') ?? new Uint8Array()
    await repository.publish(repository.nextTargets())
    await attack.updateBefore()
    const signed = await nextSnapshot(null, new Map([['targets', old]]), now + day, nodeCrypto)
    const snapshot = await signFile(signed, repository.signers('snapshot'))
    repository.putSnapshot(await edited(snapshot, { version: 3 }, repository.signers('snapshot')))
    await repository.publishTimestamp()
    expect(await attack.outcome('snapshot')).toBe('snapshot: rollback')
  })

  test('a newer snapshot that a role has left: refused', async () => {
    await repository.publish(repository.nextTargets('tv'), 'tv')
    await attack.updateBefore()
    const targets = new Map([['targets', repository.targets.get('targets') ?? new Uint8Array()]])
    const signed = await nextSnapshot(null, targets, now + day, nodeCrypto)
    const snapshot = await signFile(signed, repository.signers('snapshot'))
    repository.putSnapshot(await edited(snapshot, { version: 3 }, repository.signers('snapshot')))
    await repository.publishTimestamp()
    expect(await attack.outcome('snapshot')).toBe('snapshot: rollback')
  })

  test('a freeze without any answer: what is trusted says when it ends', async () => {
    const verdict = await device.update(repository.files)
    expect(verdict).toMatchObject({ kind: 'finished', expires: now + day })
    expect(refusal(await device.update(repository.files, [], { now: now + day }))).toEqual({
      code: 'expired',
      what: 'timestamp',
    })
    expect(device.store).toEqual(attack.before)
  })

  test.each(['timestamp', 'snapshot'] as const)(
    'a fast-forward of the versions: over once the key of %s was rotated',
    async (role) => {
      const far = Number.MAX_SAFE_INTEGER
      const snapshot = await edited(
        repository.snapshot ?? new Uint8Array(),
        { version: far },
        repository.signers('snapshot'),
      )
      const good = {
        snapshot: repository.snapshot ?? new Uint8Array(),
        timestamp: fileOf(repository, 'timestamp.json'),
      }
      repository.putSnapshot(snapshot)
      const signed = await nextTimestamp(null, snapshot, now + day, nodeCrypto)
      const timestamp = await signFile(signed, repository.signers('timestamp'))
      repository.putTimestamp(await edited(timestamp, { version: far }, repository.signers('timestamp')))
      expect(refusal(await device.update(repository.files))).toBe(null)
      repository.snapshot = good.snapshot
      repository.timestamp = good.timestamp
      await repository.publishSnapshot()
      expect(refusal(await device.update(repository.files))?.code).toBe('rollback')
      await repository.rotate({ [role]: { holders: await holders(1), threshold: 1 } })
      await repository.publishSnapshot()
      expect(refusal(await device.update(repository.files))).toBe(null)
      expect(versionOf(device.store.get('timestamp.json') ?? new Uint8Array(), 'timestamp')).toBe(3)
    },
  )

  test('a fast-forward with a key that is one of several: over once it was taken away', async () => {
    const [stolen, other, fresh] = await holders(3)
    if (!stolen || !other || !fresh) throw new Error('three holders')
    await repository.rotate({ timestamp: { holders: [stolen, other], threshold: 1 } })
    await repository.publishTimestamp()
    const good = fileOf(repository, 'timestamp.json')
    repository.putTimestamp(await edited(good, { version: 1_000_000 }, signersOf([stolen, other])))
    expect(refusal(await device.update(repository.files))).toBe(null)
    await repository.rotate({ timestamp: { holders: [other, fresh], threshold: 1 } })
    repository.putTimestamp(await edited(good, {}, signersOf([other])))
    expect(refusal(await device.update(repository.files))).toBe(null)
  })
})

describe('mix-and-match', () => {
  test('a snapshot of the right version that the timestamp does not mean: refused', async () => {
    await repository.publishSnapshot()
    const other = await edited(
      repository.snapshot ?? new Uint8Array(),
      { expires: '2031-01-01T00:00:00Z' },
      repository.signers('snapshot'),
    )
    repository.files.set('2.snapshot.json', other)
    expect(await attack.outcome('snapshot')).toBe('snapshot: hash-mismatch')
  })

  test('targets of the right version that the snapshot does not mean: refused', async () => {
    await repository.publish(repository.nextTargets())
    const other = await edited(
      repository.targets.get('targets') ?? new Uint8Array(),
      { expires: '2031-01-01T00:00:00Z' },
      repository.signers('targets'),
    )
    repository.files.set('2.targets.json', other)
    expect(await attack.outcome('targets')).toBe('targets: hash-mismatch')
  })

  test.each(['snapshot', 'targets'] as const)('%s of another version: refused', async (role) => {
    await attack.tampered(role, (file) => edited(file, { version: 7 }, repository.signers(role)))
    expect(await attack.outcome(role)).toBe(`${role}: version-mismatch`)
  })

  test('metadata of one role in the place of another: refused, also with the right key', async () => {
    await attack.tampered('snapshot', (file) => edited(file, { _type: 'timestamp' }, repository.signers('snapshot')))
    expect(await attack.outcome('snapshot')).toBe('snapshot: wrong-type')
  })

  test('a length that is not the signed one: refused', async () => {
    await repository.publish(repository.nextTargets())
    repository.files.set('2.targets.json', fileOf(repository, '2.targets.json').subarray(1))
    expect(await attack.outcome('targets')).toBe('targets: length-mismatch')
  })
})
