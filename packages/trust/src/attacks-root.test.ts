import { beforeEach, describe, expect, test } from 'vitest'
import { afterChunk, checkDownload, startDownload } from './client/target-file.ts'
import { nextRoot } from './repository/root.ts'
import { signFile } from './repository/signing.ts'
import { describeFile, withTarget } from './repository/targets.ts'
import { Attack } from './test/attack.ts'
import { codeOf, refusal } from './test/device.ts'
import { holder, holders, nodeCrypto } from './test/node-crypto.ts'
import { day, edited, now } from './test/repository.ts'
import type { Device } from './test/device.ts'
import type { Repository } from './test/repository.ts'

/** The attacks on the root and on target files, each with its safe outcome: refused, and what was trusted stays trusted. */

let attack: Attack
let repository: Repository
let device: Device

beforeEach(async () => {
  attack = await Attack.begin()
  repository = attack.repository
  device = attack.device
})

describe('root N+1', () => {
  const stays = (): void => expect(device.store.get('root.json')).toEqual(attack.before.get('root.json'))

  test('without the old threshold: refused', async () => {
    const fresh = await holder()
    const signed = nextRoot(repository.root, now + day, { root: { keys: [fresh.key], threshold: 1 } })
    repository.putRoot(await signFile(signed, [fresh.signer]))
    expect(await attack.outcome('root')).toBe('root: below-threshold')
    stays()
  })

  test('without the new threshold: refused', async () => {
    const [one, two] = await holders(2)
    if (!one || !two) throw new Error('two holders')
    const signed = nextRoot(repository.root, now + day, { root: { keys: [one.key, two.key], threshold: 2 } })
    repository.putRoot(await signFile(signed, [...repository.signers('root'), one.signer]))
    expect(await attack.outcome('root')).toBe('root: below-threshold')
    stays()
  })

  test('that skips a version or goes back: refused', async () => {
    const three = await edited(repository.root, { version: 3 }, repository.signers('root'))
    repository.files.set('2.root.json', three)
    expect(await attack.outcome('root')).toBe('root: version-mismatch')
    repository.files.delete('2.root.json')
    await repository.rotate({})
    await attack.updateBefore()
    repository.files.set('3.root.json', await edited(repository.root, { version: 1 }, repository.signers('root')))
    expect(await attack.outcome('root')).toBe('root: rollback')
  })

  test('that has expired: trusted for its keys, and the update ends', async () => {
    await repository.rotate({}, now)
    expect(refusal(await device.update(repository.files))).toEqual({ code: 'expired', what: 'root' })
    expect(device.store.get('root.json')).toEqual(repository.root)
    await repository.rotate({})
    expect(refusal(await device.update(repository.files))).toBe(null)
  })

  test('endless data: cut at the limit', async () => {
    repository.files.set('2.root.json', new Uint8Array(600_000).fill(32))
    expect(await attack.outcome('root')).toBe('root: endless-data')
  })

  test('an expired root that the device came with: brought up to date', async () => {
    await repository.rotate({}, now + 800 * day)
    const later = now + 400 * day
    expect(refusal(await device.update(repository.files, [], { now: later }))).toEqual({
      code: 'expired',
      what: 'timestamp',
    })
    expect(device.store.get('root.json')).toEqual(repository.root)
  })
})

describe('a target file', () => {
  const bytes = new TextEncoder().encode('the whole file')

  test('endless data: cut at the signed length, before it is written', async () => {
    const { length, sha256 } = await describeFile(bytes, nodeCrypto)
    const start = startDownload('tv/app', { length, hashes: new Map([['sha256', sha256.toUpperCase()]]) })
    const half = afterChunk(start, 10)
    expect(await codeOf(() => afterChunk(half, length - 9))).toBe('endless-data')
    const whole = afterChunk(half, length - 10)
    expect(await codeOf(() => checkDownload(whole, sha256))).toBe(null)
    expect(await codeOf(() => checkDownload(half, sha256))).toBe('length-mismatch')
    expect(await codeOf(() => checkDownload(whole, '00'.repeat(32)))).toBe('hash-mismatch')
  })

  test('whose hashes hold no SHA-256: refused', async () => {
    const hashes = new Map([['sha9', 'ab'.repeat(32)]])
    expect(await codeOf(() => startDownload('tv/app', { length: 1, hashes }))).toBe('no-known-hash')
  })

  test('a path that is none: not signed at all', async () => {
    for (const path of ['../x', '/x', 'a//b', 'a/./b', 'a\\b', 'a\u0000b', ''])
      expect(await codeOf(() => withTarget(repository.nextTargets(), path, { length: 1, sha256: '' }))).toBe(
        'bad-change',
      )
  })
})
