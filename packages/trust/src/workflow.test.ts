import { describe, expect, test } from 'vitest'
import { startUpdate, takeAnswer } from './client/index.ts'
import { known } from './client/turns.ts'
import { withFields } from './json/value.ts'
import { firstRoot } from './repository/root.ts'
import { signFile } from './repository/signing.ts'
import { firstTargets, withDelegation, withTarget } from './repository/targets.ts'
import { Device, outcome, refusal, searches, SwitchedOff } from './test/device.ts'
import { holder, holders, nodeCrypto } from './test/node-crypto.ts'
import { day, edited, now, Repository, versionOf } from './test/repository.ts'

const sha256 = 'ab'.repeat(32)

/** A repository in which `tv` is trusted with `tv/*`, and names `tv/app`. */
async function withDeveloper(): Promise<{ repository: Repository; device: Device }> {
  const repository = await Repository.create()
  const device = new Device(repository.root)
  const developer = await holder()
  const delegation = { name: 'tv', keys: [developer.key], threshold: 1, terminating: true, paths: ['tv/*'] }
  await repository.publish(withDelegation(repository.nextTargets(), delegation))
  const targets = withTarget(firstTargets(now + 90 * day), 'tv/app', { length: 7, sha256 })
  await repository.publish(targets, 'tv', [developer.signer])
  return { repository, device }
}

describe('an update', () => {
  test('asks for each file once, in the order of the specification, by the names of consistent snapshots', async () => {
    const { repository, device } = await withDeveloper()
    const verdict = await device.update(repository.files, ['tv/app'])
    expect(searches(verdict)).toMatchObject([
      { kind: 'found', path: 'tv/app', roles: ['targets', 'tv'], file: { length: 7 } },
    ])
    expect(device.fetched).toEqual(['2.root.json', 'timestamp.json', '3.snapshot.json', '2.targets.json', '1.tv.json'])
    expect([...device.store.keys()].sort()).toEqual([
      'root.json',
      'snapshot.json',
      'targets.json',
      'timestamp.json',
      'tv.json',
    ])
    expect(verdict).toMatchObject({
      versions: { root: 1, timestamp: 3, snapshot: 3, targets: 2 },
      expires: now + day,
    })
  })

  test('fetches no more than root and timestamp when nothing has changed', async () => {
    const { repository, device } = await withDeveloper()
    await device.update(repository.files, ['tv/app'])
    device.fetched.length = 0
    expect(outcome(await device.update(repository.files, ['tv/app']))).toBe('tv')
    expect(device.fetched).toEqual(['2.root.json', 'timestamp.json'])
  })

  test('keeps the bytes that came, not a writing of its own', async () => {
    const { repository, device } = await withDeveloper()
    const spaced = Buffer.concat([repository.timestamp ?? Buffer.alloc(0), Buffer.from(' \n')])
    repository.putTimestamp(spaced)
    await device.update(repository.files)
    expect(device.store.get('timestamp.json')).toEqual(spaced)
  })

  test('that is cut off at any change to the store is whole after the next one', async () => {
    const { repository } = await withDeveloper()
    const first = repository.root
    await repository.rotate({ timestamp: { holders: await holders(1), threshold: 1 } })
    await repository.publishTimestamp()
    await repository.rotate({ root: { holders: await holders(2), threshold: 2 } })
    const whole = new Device(first)
    await whole.update(repository.files, ['tv/app'])
    for (let effects = 0; effects < 8; effects++) {
      const device = new Device(first)
      await expect(device.update(repository.files, ['tv/app'], { effects })).rejects.toThrow(SwitchedOff)
      expect(outcome(await device.update(repository.files, ['tv/app']))).toBe('tv')
      expect(device.store).toEqual(whole.store)
    }
  })

  test('goes on where an earlier one stopped, also when the timestamp is the same', async () => {
    const { repository, device } = await withDeveloper()
    const missing = repository.files.get('3.snapshot.json') ?? new Uint8Array()
    repository.files.delete('3.snapshot.json')
    expect(refusal(await device.update(repository.files))).toEqual({ code: 'absent', what: 'snapshot' })
    expect(device.store.has('timestamp.json')).toBe(true)
    repository.files.set('3.snapshot.json', missing)
    expect(refusal(await device.update(repository.files))).toBe(null)
  })

  test('fetches what rotted in the store, and ends when the root did', async () => {
    const { repository, device } = await withDeveloper()
    await device.update(repository.files, ['tv/app'])
    for (const [file, bytes] of device.store)
      if (file !== 'root.json') device.store.set(file, bytes.subarray(0, bytes.length / 2))
    expect(outcome(await device.update(repository.files, ['tv/app']))).toBe('tv')
    device.store.set('root.json', new Uint8Array([0x7b]))
    expect(refusal(await device.update(repository.files))?.code).toBe('malformed')
    device.store.delete('root.json')
    expect(refusal(await device.update(repository.files))?.code).toBe('no-trusted-root')
  })

  test('reads a repository without consistent snapshots by plain names', async () => {
    const { repository } = await withDeveloper()
    const root = await edited(repository.root, { consistent_snapshot: undefined }, repository.signers('root'))
    const files = new Map([
      ['timestamp.json', repository.timestamp ?? new Uint8Array()],
      ['snapshot.json', repository.snapshot ?? new Uint8Array()],
      ...[...repository.targets].map(([role, bytes]) => [`${role}.json`, bytes] as const),
    ])
    const device = new Device(root)
    expect(outcome(await device.update(files, ['tv/app']))).toBe('tv')
    expect(device.fetched).toEqual(['2.root.json', 'timestamp.json', 'snapshot.json', 'targets.json', 'tv.json'])
  })

  test('looks for many targets, each with its own result', async () => {
    const { repository, device } = await withDeveloper()
    const verdict = await device.update(repository.files, ['tv/app', 'radio/app', 'tv/none', 'tv/app'], {
      limits: { heldBytes: 1 },
    })
    expect(searches(verdict).map((search) => (search.kind === 'found' ? search.path : search.error.code))).toEqual([
      'tv/app',
      'target-not-found',
      'target-not-found',
      'tv/app',
    ])
    expect(device.fetched.filter((name) => name === '1.tv.json')).toHaveLength(1)
  })

  test('takes as many new roots as it may and the others in the next one', async () => {
    const { repository, device } = await withDeveloper()
    for (let version = 2; version <= 6; version++) await repository.rotate({})
    await device.update(repository.files, [], { limits: { rotations: 3 } })
    expect(versionOf(device.store.get('root.json') ?? new Uint8Array(), 'root')).toBe(4)
    await device.update(repository.files, [], { limits: { rotations: 3 } })
    expect(versionOf(device.store.get('root.json') ?? new Uint8Array(), 'root')).toBe(6)
  })

  test('drops a root of the version that is trusted and goes on', async () => {
    const { repository, device } = await withDeveloper()
    repository.files.set('2.root.json', await edited(repository.root, { extra: 1 }, repository.signers('root')))
    expect(refusal(await device.update(repository.files))).toBe(null)
    expect(device.store.get('root.json')).toEqual(repository.root)
  })

  test('searches no more roles than it may', async () => {
    const repository = await Repository.create()
    const developer = await holder()
    let parent = 'targets'
    for (const name of ['a', 'b', 'c', 'd']) {
      const delegation = { name, keys: [developer.key], threshold: 1, terminating: false, paths: ['*'] }
      const signers = parent === 'targets' ? repository.signers('targets') : [developer.signer]
      await repository.publish(firstTargets(now + day), name, [developer.signer])
      await repository.publish(withDelegation(repository.nextTargets(parent), delegation), parent, signers)
      parent = name
    }
    const device = new Device(repository.root)
    expect(outcome(await device.update(repository.files, ['x'], { limits: { roles: 4 } }))).toBe('too-many-roles')
    expect(outcome(await device.update(repository.files, ['x'], { limits: { roles: 5 } }))).toBe('target-not-found')
  })

  test('never asks for more than its limit, whatever length is signed', async () => {
    const { repository, device } = await withDeveloper()
    const meta = new Map([
      [
        'snapshot.json',
        new Map([
          ['version', 9],
          ['length', 3_000_000_000],
        ]),
      ],
    ])
    repository.putTimestamp(
      await edited(repository.timestamp ?? new Uint8Array(), { meta, version: 9 }, repository.signers('timestamp')),
    )
    expect(refusal(await device.update(repository.files))).toEqual({ code: 'too-large', what: 'snapshot' })
  })

  test('keeps a snapshot that is good when the targets behind it are missing from it', async () => {
    const { repository, device } = await withDeveloper()
    const meta = new Map([['tv.json', new Map([['version', 1]])]])
    repository.putSnapshot(
      await edited(repository.snapshot ?? new Uint8Array(), { meta, version: 4 }, repository.signers('snapshot')),
    )
    await repository.publishTimestamp()
    expect(refusal(await device.update(repository.files))).toEqual({ code: 'not-in-snapshot', what: 'targets' })
    expect(device.store.get('snapshot.json')).toEqual(repository.snapshot)
  })

  test('fetches the snapshot that the timestamp means when the store has another one of the same version', async () => {
    const { repository, device } = await withDeveloper()
    const snapshot = repository.snapshot ?? new Uint8Array()
    const other = await edited(snapshot, { expires: '2031-01-01T00:00:00Z' }, repository.signers('snapshot'))
    device.store.set('snapshot.json', other)
    expect(refusal(await device.update(repository.files))).toBe(null)
    expect(device.store.get('snapshot.json')).toEqual(snapshot)
  })

  test('takes no answer that is longer than was asked for, from a host that did not cut it either', async () => {
    const turn = startUpdate(now, [])
    const long = await takeAnswer(turn.update, { kind: 'bytes', bytes: new Uint8Array(512_001) }, nodeCrypto)
    expect(long.next).toMatchObject({ kind: 'refused', error: { code: 'endless-data' } })
  })

  test('is plain values: the same answer to the same state gives the same turn, however often', async () => {
    const { repository, device } = await withDeveloper()
    const files = new Map([...repository.files].map(([name, bytes]) => [name, bytes] as const))
    let turn = startUpdate(now, ['tv/app'])
    for (let turns = 0; turns < 20 && (turn.next.kind === 'read' || turn.next.kind === 'fetch'); turns++) {
      const bytes = turn.next.kind === 'read' ? device.store.get(turn.next.file) : files.get(turn.next.name)
      const answer = bytes ? ({ kind: 'bytes', bytes } as const) : ({ kind: 'absent' } as const)
      const before = structuredClone(turn.update)
      const next = await takeAnswer(turn.update, answer, nodeCrypto)
      expect(turn.update).toEqual(before)
      expect(await takeAnswer(turn.update, answer, nodeCrypto)).toEqual(next)
      turn = next
    }
    expect(turn.next.kind).toBe('finished')
  })

  test('that has ended takes no more answers', async () => {
    const turn = await takeAnswer(startUpdate(now, []).update, { kind: 'absent' }, nodeCrypto)
    await expect(takeAnswer(turn.update, { kind: 'absent' }, nodeCrypto)).rejects.toThrow('the update has ended')
  })
})

describe('a root', () => {
  test('whose key ids are not those of its keys is refused', async () => {
    const root = await holder()
    const stranger = await holder()
    const keys = { keys: [root.key], threshold: 1 }
    const signed = firstRoot(now + day, { root: keys, targets: keys, snapshot: keys, timestamp: keys, director: keys })
    const wrong = withFields(signed, { keys: new Map([[root.key.id, stranger.key.json]]) })
    const device = new Device(await signFile(wrong, [{ ...stranger.signer, keyId: root.key.id }]))
    expect(refusal(await device.update(new Map()))?.code).toBe('key-id-mismatch')
  })
})

test('a delegation whose key ids are not those of its keys is refused', async () => {
  const { repository, device } = await withDeveloper()
  const [one, stranger] = await holders(2)
  const key = { ...known(one).key, json: known(stranger).key.json }
  const delegation = { name: 'radio', keys: [key], threshold: 1, terminating: true, paths: ['radio/*'] }
  await repository.publish(withDelegation(repository.nextTargets(), delegation))
  expect(refusal(await device.update(repository.files))).toEqual({ code: 'key-id-mismatch', what: 'targets' })
})
