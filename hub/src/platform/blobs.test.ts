import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBlobs, type Blobs } from './blobs.ts'

let directory: string
let blobs: Blobs

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-blobs-'))
  blobs = await openBlobs({ dataDirectory: directory, exclusive: true, stallDeadline: 5000 })
})
afterAll(() => rm(directory, { recursive: true }))

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const limits = { maxBytes: 10_000_000 }
const drafts = () => readdir(join(directory, 'blobs', 'incoming'))

describe('a file', () => {
  test.each([0, 1, 300_000])('of %i bytes is kept under its digest', async (size) => {
    const bytes = randomBytes(size)
    const digest = sha256(bytes)
    expect(await blobs.stat(digest)).toBeNull()
    const stored = await blobs.put(digest, Readable.from([bytes.subarray(0, 1), bytes.subarray(1)]), limits)
    expect(stored.size).toBe(size)
    expect((await readFile(stored.path)).equals(bytes)).toBe(true)
    expect(await blobs.stat(digest)).toEqual(stored)
    const handle = await blobs.open(digest)
    expect((await handle.readFile()).equals(bytes)).toBe(true)
    await handle.close()
    expect(await blobs.sizes([digest, 'a'.repeat(64)])).toEqual(new Map([[digest, size]]))
  })

  test('that is there is not read again, and two at once are one', async () => {
    const bytes = randomBytes(1000)
    const digest = sha256(bytes)
    const both = await Promise.all([1, 2].map(() => blobs.put(digest, Readable.from([bytes]), limits)))
    expect(both[0]).toEqual(both[1])
    const unread = Readable.from([Buffer.from('other')])
    await blobs.put(digest, unread, limits)
    expect(unread.readableDidRead).toBe(false)
  })
})

describe('a bad upload leaves nothing', () => {
  const bytes = randomBytes(1000)
  const digest = sha256(bytes)
  test.each([
    [
      'with a bit flipped',
      () => Readable.from([Buffer.concat([Buffer.of(bytes[0]! ^ 1), bytes.subarray(1)])]),
      limits,
      'content-mismatch',
    ],
    ['that is cut short', () => Readable.from([bytes.subarray(1)]), limits, 'content-mismatch'],
    ['with a tail', () => Readable.from([bytes, Buffer.of(0)]), { ...limits, size: 1000 }, 'content-mismatch'],
    ['that is not as long as announced', () => Readable.from([bytes]), { ...limits, size: 1001 }, 'content-mismatch'],
    [
      'that never ends',
      () =>
        Readable.from(
          (function* () {
            for (;;) yield bytes
          })(),
        ),
      { maxBytes: 100_000 },
      'content-too-large',
    ],
    [
      'whose sender goes away',
      () =>
        Readable.from(
          (function* () {
            yield bytes
            throw new Error('aborted')
          })(),
        ),
      limits,
      'upload-stalled',
    ],
  ])('%s', async (_what, content, limit, code) => {
    await expect(blobs.put(digest, content(), limit)).rejects.toMatchObject({ code })
    expect(await blobs.stat(digest)).toBeNull()
    expect(await drafts()).toEqual([])
  })

  test('that stops', async () => {
    const impatient = await openBlobs({ dataDirectory: directory, exclusive: true, stallDeadline: 1 })
    const silent = new Readable({ read() {} })
    await expect(impatient.put(digest, silent, limits)).rejects.toMatchObject({ code: 'upload-stalled' })
    expect(await drafts()).toEqual([])
  })

  test('when the disk is full', async () => {
    const script = `
      import { Readable } from 'node:stream'
      import { openBlobs } from ${JSON.stringify(new URL('./blobs.ts', import.meta.url).href)}
      const blobs = await openBlobs({ dataDirectory: ${JSON.stringify(directory)}, exclusive: true, stallDeadline: 5000 })
      await blobs.put('${'b'.repeat(64)}', Readable.from([Buffer.alloc(3_000_000)]), { maxBytes: 1e9 }).catch((error) => console.log(error.code, error.entry.status))`
    // A limit on file size (512-byte blocks) fails a write just as a full disk does.
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      'ulimit -f 100 && exec "$0" --input-type=module -e "$1"',
      process.execPath,
      script,
    ])
    expect(stdout.trim()).toBe('storage-failed 503')
    expect(await drafts()).toEqual([])
  })
})

describe('what a crash left', () => {
  test('is removed at the next start', async () => {
    await writeFile(join(directory, 'blobs', 'incoming', 'abc'), 'half')
    await openBlobs({ dataDirectory: directory, exclusive: true, stallDeadline: 1000 })
    expect(await drafts()).toEqual([])
  })

  test('is left to other hubs for an hour', async () => {
    const [young, old] = ['young', 'old'].map((name) => join(directory, 'blobs', 'incoming', name)) as [string, string]
    await writeFile(young, 'half')
    await writeFile(old, 'half')
    await utimes(old, 0, 0)
    await openBlobs({ dataDirectory: directory, exclusive: false, stallDeadline: 1000 })
    expect(await drafts()).toEqual(['young'])
    await rm(young)
  })
})
