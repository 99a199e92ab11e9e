import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  Key,
  Metadata,
  MetadataKind,
  MetaFile,
  Root,
  Signature,
  Snapshot,
  TargetFile,
  Targets,
  Timestamp,
} from '@tufjs/models'
import { Updater } from 'tuf-js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { targetName } from './client/target-file.ts'
import { canonicalBytes } from './json/canonical.ts'
import { parseJson } from './json/parse.ts'
import { dateTime } from './metadata/fields.ts'
import { keyId } from './metadata/keys.ts'
import { describeFile, firstTargets, withBins, withDelegation, withTarget } from './repository/targets.ts'
import { Device, outcome, searches } from './test/device.ts'
import { holder, holders, nodeCrypto } from './test/node-crypto.ts'
import { startMirror } from './test/mirror.ts'
import { Repository } from './test/repository.ts'
import type { Mirror } from './test/mirror.ts'

let mirror: Mirror

beforeEach(async () => {
  mirror = await startMirror()
})

afterEach(() => mirror.close())

/** tuf-js reads the machine's clock: what it is to read must not have expired by that. */
const far = 4_000_000_000

describe('tuf-js', () => {
  const file = new TextEncoder().encode('the files of a box')
  const path = 'tv/1.0.0/box.manifest'

  function serve(repository: Repository): void {
    for (const [name, bytes] of repository.files) mirror.write(`metadata/${name}`, bytes)
  }

  function client(root: Uint8Array, name: string): Updater {
    const metadataDir = mirror.folder(`${name}-metadata`)
    writeFileSync(join(metadataDir, 'root.json'), root)
    return another(name)
  }

  const another = (name: string): Updater =>
    new Updater({
      metadataBaseUrl: `${mirror.url}/metadata`,
      targetBaseUrl: `${mirror.url}/targets`,
      metadataDir: mirror.folder(`${name}-metadata`),
      targetDir: mirror.folder(`${name}-targets`),
      config: { fetchRetries: 0 },
    })

  async function published(scheme: 'ed25519' | 'ecdsa-sha2-nistp256', name = 'tv'): Promise<Repository> {
    const one = async (): Promise<{ holders: Awaited<ReturnType<typeof holder>>[]; threshold: number }> => ({
      holders: [await holder(scheme)],
      threshold: 1,
    })
    const repository = await Repository.create(
      {
        root: { holders: await Promise.all([holder(scheme), holder(scheme), holder(scheme)]), threshold: 2 },
        targets: await one(),
        snapshot: await one(),
        timestamp: await one(),
      },
      far,
    )
    const developer = await holder(scheme)
    const delegation = { name, keys: [developer.key], threshold: 1, terminating: true, paths: ['tv/*/*'] }
    await repository.publish(withDelegation(repository.nextTargets(), delegation))
    const described = await describeFile(file, nodeCrypto)
    await repository.publish(withTarget(firstTargets(far), path, described), name, [developer.signer])
    mirror.write(`targets/${targetName(path, described.sha256, true)}`, file)
    serve(repository)
    return repository
  }

  test.each(['ed25519', 'ecdsa-sha2-nistp256'] as const)(
    'reads a repository with %s keys: delegation, consistent snapshots, target',
    async (scheme) => {
      const repository = await published(scheme)
      const updater = client(repository.root, 'device')
      await updater.refresh()
      const info = await updater.getTargetInfo(path)
      if (!info) throw new Error('tuf-js did not find the target')
      expect(info.length).toBe(file.length)
      expect(new Uint8Array(readFileSync(await updater.downloadTarget(info)))).toEqual(file)
      expect(await updater.getTargetInfo('tv/1.0.0/none')).toBe(undefined)
    },
  )

  test('follows the rotation of every role, and a threshold of root keys', async () => {
    const repository = await published('ed25519')
    const updater = client(repository.root, 'device')
    await updater.refresh()
    await repository.rotate({ root: { holders: await holders(3), threshold: 3 } }, far)
    await repository.rotate(
      {
        targets: { holders: await holders(2), threshold: 2 },
        snapshot: { holders: await holders(1), threshold: 1 },
        timestamp: { holders: await holders(1), threshold: 1 },
        director: { holders: await holders(1), threshold: 1 },
      },
      far,
    )
    await repository.publish(repository.nextTargets())
    serve(repository)
    const later = another('device')
    await later.refresh()
    expect(await later.getTargetInfo(path)).toMatchObject({ length: file.length })
    const root = readFileSync(join(mirror.folder('device-metadata'), 'root.json'))
    expect(new Uint8Array(root)).toEqual(new Uint8Array(repository.root))
  })

  test('and this client refuse and take the same tampered repository', async () => {
    const repository = await published('ed25519')
    const timestamp = repository.timestamp ?? new Uint8Array()
    const tampered = Buffer.from(
      Buffer.from(timestamp)
        .toString()
        .replace(/"version":\d+\}\}$/, '"version":9}}'),
    )
    mirror.write('metadata/timestamp.json', tampered)
    await expect(client(repository.root, 'device').refresh()).rejects.toThrow('timestamp was signed by 0/1 keys')
    const files = new Map(repository.files).set('timestamp.json', tampered)
    expect(await new Device(repository.root).update(files)).toMatchObject({ error: { code: 'below-threshold' } })
    mirror.write('metadata/timestamp.json', timestamp)
    await client(repository.root, 'device').refresh()
  })

  test.each(['#', '../x', 'ünï'])('finds the role %s under the same name', async (name) => {
    const repository = await published('ed25519', name)
    const updater = client(repository.root, 'device')
    expect(await updater.getTargetInfo(path)).toMatchObject({ length: file.length })
    expect(outcome(await new Device(repository.root).update(repository.files, [path]))).toBe(name)
  })

  test('finds a target in the same succinct bin', async () => {
    const repository = await published('ed25519')
    const developer = await holder()
    await repository.publish(withBins(repository.nextTargets(), 'bin', 9, { keys: [developer.key], threshold: 1 }))
    const targets = withTarget(firstTargets(far), 'a', { length: 1, sha256: 'ab'.repeat(32) })
    await repository.publish(targets, 'bin-195', [developer.signer])
    serve(repository)
    expect(await client(repository.root, 'device').getTargetInfo('a')).toMatchObject({ length: 1 })
    expect(outcome(await new Device(repository.root).update(repository.files, ['a']))).toBe('bin-195')
  })
})

describe('metadata of @tufjs/models', () => {
  const expires = dateTime(far)
  const specVersion = '1.0.31'

  async function pair(): Promise<{ key: Key; signer: (bytes: Buffer) => Signature }> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const text = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')
    const keyID = await keyId('ed25519', 'ed25519', text, nodeCrypto)
    return {
      key: new Key({ keyID, keyType: 'ed25519', scheme: 'ed25519', keyVal: { public: text } }),
      signer: (bytes) => new Signature({ keyID, sig: sign(null, bytes, privateKey).toString('hex') }),
    }
  }

  const serialized = (metadata: { toJSON(): unknown }): Buffer =>
    Buffer.from(JSON.stringify(metadata.toJSON(), null, 1))

  const metaFile = (bytes: Buffer, version = 1): MetaFile =>
    new MetaFile({
      version,
      length: bytes.length,
      hashes: { sha256: createHash('sha256').update(bytes).digest('hex') },
    })

  /** As JSON: the classes of delegations are not exported. */
  const delegations = (kind: string, key: Key): object => {
    const by = { keyids: [key.keyID], threshold: 1 }
    const roles = [
      { ...by, name: 'a b', terminating: false, paths: ['a/*'] },
      { ...by, name: 'hash', terminating: true, path_hash_prefixes: ['ca'], 'x-role': 1 },
    ]
    const keys = { [key.keyID]: key.toJSON() }
    return kind === 'roles' ? { keys, roles } : { keys, succinct_roles: { ...by, bit_length: 3, name_prefix: 'bin' } }
  }

  test.each(['roles', 'succinct roles'])(
    'are read and verified, delegations to %s and fields that nobody knows too',
    async (kind) => {
      const { key, signer } = await pair()
      const unrecognizedFields = { 'x-any': ['ü', { deep: null }] }
      const bin = 'bin-6'
      const target = (path: string): TargetFile =>
        new TargetFile({
          path,
          length: 3,
          hashes: { sha256: 'ab'.repeat(32) },
          unrecognizedFields: { custom: { is: path } },
        })
      const root = new Root({ version: 1, specVersion, expires, consistentSnapshot: true, unrecognizedFields })
      for (const role of ['root', 'targets', 'snapshot', 'timestamp']) root.addKey(key, role)
      const leaf = new Metadata(
        new Targets({ version: 1, specVersion, expires, targets: { 'a/x': target('a/x'), a: target('a') } }),
      )
      const fields = { _type: 'targets', version: 1, spec_version: specVersion, expires, targets: {} }
      const targets = new Metadata(Targets.fromJSON({ ...fields, delegations: delegations(kind, key) } as never))
      const top = new Metadata(root)
      for (const metadata of [leaf, targets, top]) metadata.sign(signer)
      const leafBytes = serialized(leaf)
      const names = kind === 'roles' ? ['a b', 'hash'] : [bin]
      const meta = Object.fromEntries(names.map((name) => [`${name}.json`, metaFile(leafBytes)]))
      const snapshot = new Metadata(
        new Snapshot({
          version: 1,
          specVersion,
          expires,
          meta: { 'targets.json': metaFile(serialized(targets)), ...meta },
        }),
      )
      snapshot.sign(signer)
      const timestamp = new Metadata(
        new Timestamp({ version: 1, specVersion, expires, snapshotMeta: metaFile(serialized(snapshot)) }),
      )
      timestamp.sign(signer)
      const files = new Map<string, Uint8Array>([
        ['timestamp.json', serialized(timestamp)],
        ['1.snapshot.json', serialized(snapshot)],
        ['1.targets.json', serialized(targets)],
        ...names.map((name) => [`1.${encodeURIComponent(name)}.json`, leafBytes] as const),
      ])
      const device = new Device(serialized(top))
      const wanted = kind === 'roles' ? ['a/x', 'a'] : ['a']
      const found = searches(await device.update(files, wanted)).map(
        (search) => search.kind === 'found' && search.roles.at(-1),
      )
      expect(found).toEqual(names)
    },
  )

  test('written here are equal to what they read of them', async () => {
    const repository = await Repository.create()
    for (const [kind, bytes] of [
      [MetadataKind.Root, repository.root],
      [MetadataKind.Targets, repository.targets.get('targets')],
      [MetadataKind.Snapshot, repository.snapshot],
      [MetadataKind.Timestamp, repository.timestamp],
    ] as const) {
      const text = Buffer.from(bytes ?? new Uint8Array()).toString()
      const there = Metadata.fromJSON(kind as MetadataKind.Root, JSON.parse(text) as never).toJSON()
      const again = parseJson(Buffer.from(JSON.stringify(there)), kind, Infinity)
      expect(canonicalBytes(again)).toEqual(canonicalBytes(parseJson(Buffer.from(text), kind, Infinity)))
    }
  })
})
