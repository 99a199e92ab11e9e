import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { zstdDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../../platform/metrics.ts'
import { createServiceDefinitions, type ServiceDefinitionsDeps } from '../../service-definitions/index.ts'
import { houses, sha256, type House } from './house.ts'

const house = houses()
const day = 86_400_000
const running = new AbortController().signal
const versions = '/services/radio/versions'

interface File {
  readonly path: string
  readonly digest: string
  readonly size: number
}

async function upload({ call }: House, path: string, content: Buffer): Promise<File> {
  const digest = sha256(content)
  await call('dora', 'PUT', `/blobs/${digest}`, content)
  return { path, digest, size: content.length, mode: 0o644 } as File
}

async function publish({ call, database }: House, version: string, files: File[], name = 'app'): Promise<string> {
  await call('dora', 'POST', '/services', { id: 'radio', title: 'Radio' })
  const body = { version, components: [{ name, deviceClass: 'phone', files }] }
  const answer = await call('dora', 'POST', versions, body)
  expect(answer.status).toBe(201)
  // As if it had been signed and released: of no concern here.
  await database.owner
    .sql`update definition_version set state = 'released', released_at = created_at where version = ${version}`
  return answer.body.components[0].manifest.digest
}

const old = randomBytes(300_000)
const changed = Buffer.from(old)
changed.write('something else', 150_000)

/** Two versions with one large file that has changed a little, one that has not, and a small one. */
async function upgraded() {
  const here = await house()
  const [shared, before, after] = [
    await upload(here, 's', randomBytes(90_000)),
    await upload(here, 'app', old),
    await upload(here, 'app', changed),
  ]
  const first = await publish(here, '1.0.0', [before, shared, await upload(here, 'notes', Buffer.from('one'))])
  const second = await publish(here, '1.1.0', [after, shared, await upload(here, 'notes', Buffer.from('two'))])
  return { here, shared, before, after, first, second }
}

const another = ({ parts }: House, more: Partial<ServiceDefinitionsDeps> = {}) =>
  createServiceDefinitions({ ...parts, metrics: createMetrics(), ...more })

describe('patches', () => {
  it('are made once for the large files that changed, and found by who may fetch the new one', async () => {
    const { here, shared, before, after, first, second } = await upgraded()
    const { definitions } = here
    expect(await definitions.makePatches(running)).toBe(1)
    expect(await definitions.makePatches(running)).toBe(0)
    const patch = (await definitions.patchIn(second, after.digest, before.digest))!
    const bytes = await readFile(patch.path)
    expect(bytes.length).toBeLessThan(500)
    expect(sha256(bytes)).toBe(patch.digest)
    expect(zstdDecompressSync(bytes.subarray(40), { dictionary: old }).equals(changed)).toBe(true)

    expect(await definitions.patchIn(first, after.digest, before.digest)).toBeNull()
    expect(await definitions.patchIn(second, after.digest, shared.digest)).toBeNull()
    expect(await definitions.patchIn(second, before.digest, after.digest)).toBeNull()
    expect(await definitions.patchIn('f'.repeat(64), after.digest, before.digest)).toBeNull()
  })

  it('tell what a device has to fetch', async () => {
    const { here, first, second } = await upgraded()
    const { definitions } = here
    const total = 390_003
    expect(await definitions.transfer(null, second)).toEqual({ total, changed: total, patched: total })
    expect(await definitions.transfer(first, second)).toEqual({ total, changed: 300_003, patched: 300_003 })
    await definitions.makePatches(running)
    const { patched } = (await definitions.transfer(first, second))!
    expect(patched).toBeLessThan(500)
    expect(await definitions.transfer(second, second)).toEqual({ total, changed: 0, patched: 0 })
    expect(await definitions.transfer(first, 'f'.repeat(64))).toBeNull()
  })

  it('are made by one hub of several, each once', async () => {
    const { here } = await upgraded()
    const hubs = [another(here), another(here), another(here)]
    const made = await Promise.all(hubs.map((hub) => hub.makePatches(running)))
    expect(made.reduce((sum, each) => sum + each)).toBe(1)
  })

  it('that are not worth while are not kept, and not tried again', async () => {
    const here = await house()
    await publish(here, '1.0.0', [await upload(here, 'app', old)])
    await publish(here, '1.1.0', [await upload(here, 'app', randomBytes(300_000))])
    expect(await here.definitions.makePatches(running)).toBe(0)
    const { sql } = here.database.owner
    expect(await sql`select state, patch, attempts from definition_patch`).toEqual([
      { state: 'useless', patch: null, attempts: 1 },
    ])
    expect((await here.call('olga', 'GET', '/blobs/usage')).body.patches).toEqual({ blobs: 0, bytes: 0 })
  })

  it('whose making failed are tried again later, three times in all', async () => {
    const { here, before } = await upgraded()
    const lying = { ...here.blobs, stat: async () => ({ path: '/nowhere', size: before.size }) }
    const { sql } = here.database.owner
    const hub = another(here, { blobs: lying })
    for (const attempts of [1, 2, 3]) {
      expect(await hub.makePatches(running)).toBe(0)
      expect(await hub.makePatches(running)).toBe(0)
      expect(await sql`select attempts from definition_patch`).toEqual([{ attempts }])
      here.clock.advance(2 * 3_600_000)
    }
    expect(await sql`select state from definition_patch`).toEqual([{ state: 'failed' }])
  })

  it('of a hub that was ended in the middle are made by another', async () => {
    const { here } = await upgraded()
    const { sql } = here.database.owner
    const stop = new AbortController()
    stop.abort()
    expect(await here.definitions.makePatches(stop.signal)).toBe(0)
    // Killed with one in hand.
    await sql`update definition_patch set attempts = 1, due_at = ${new Date(here.clock.now() + 660_000)}`
    expect(await here.definitions.makePatches(running)).toBe(0)
    here.clock.advance(660_001)
    expect(await another(here).makePatches(running)).toBe(1)
  })

  it('stay while they are used, and go with the files that they are for', async () => {
    const { here, before, after, second } = await upgraded()
    const { definitions, clock, blobs } = here
    await definitions.makePatches(running)
    const { digest } = (await definitions.patchIn(second, after.digest, before.digest))!
    clock.advance(29 * day)
    expect(await definitions.patchIn(second, after.digest, before.digest)).not.toBeNull()
    clock.advance(29 * day)
    expect(await definitions.collectBlobs()).toMatchObject({ blobs: 0 })
    clock.advance(2 * day)
    expect(await definitions.collectBlobs()).toMatchObject({ blobs: 1 })
    expect(await blobs.stat(digest)).toBeNull()
    expect(await definitions.patchIn(second, after.digest, before.digest)).toBeNull()
    expect(await definitions.makePatches(running)).toBe(0)
  })

  it('are not made where a hub is told so', async () => {
    const { here } = await upgraded()
    expect(await another(here, { patchMemory: null }).makePatches(running)).toBe(0)
  })
})
