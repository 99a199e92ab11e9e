import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { makePatch, type PatchLimits } from './maker.ts'
import { largestPatched, patchParameters } from './parameters.ts'

const MiB = 1024 ** 2
const directory = mkdtempSync(join(tmpdir(), 'sutler-patches-'))
afterAll(() => rmSync(directory, { recursive: true }))

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const never = new AbortController().signal

function store(content: Buffer) {
  const digest = sha256(content)
  const path = join(directory, digest)
  writeFileSync(path, content)
  return { digest, path, size: content.length }
}

function edited(content: Buffer, edits: number): Buffer {
  const copy = Buffer.from(content)
  for (let edit = 0; edit < edits; edit++) copy.writeUInt32LE(edit, Math.floor(((edit + 0.5) * copy.length) / edits))
  return copy
}

async function patch(from: Buffer, to: Buffer, limits: Partial<PatchLimits> = {}, stop = never) {
  const all = { memory: 1024 * MiB, deadline: 60_000, ...limits }
  return makePatch(store(from), store(to), all, stop, async ({ digest, size, content }) => {
    const pieces: Uint8Array[] = []
    for await (const piece of content) pieces.push(piece)
    const whole = Buffer.concat(pieces)
    expect({ digest, size }).toEqual({ digest: sha256(whole), size: whole.length })
    return whole
  })
}

const old = randomBytes(3 * MiB)

describe('a patch', () => {
  test('is small, names the old file, and gives the new one', async () => {
    const changed = edited(old, 50)
    const made = (await patch(old, changed))!
    expect(made.length).toBeLessThan(4_000)
    // RFC 9842, 5: a skippable frame of 32 bytes with the dictionary's SHA-256, then the zstd frame.
    expect(made.toString('hex', 0, 8)).toBe('5e2a4d1820000000')
    expect(made.toString('hex', 8, 40)).toBe(sha256(old))
    expect(zstdDecompressSync(made.subarray(40), { dictionary: old }).equals(changed)).toBe(true)
  })

  test('finds what has moved by any distance', async () => {
    const moved = Buffer.concat([randomBytes(1000), old.subarray(2 * MiB), old.subarray(0, 2 * MiB)])
    expect((await patch(old, moved))!.length).toBeLessThan(3_000)
  })

  test.each([
    ['of files that have nothing in common', randomBytes(MiB)],
    ['that would be more than half of the file', Buffer.concat([old.subarray(0, MiB), randomBytes(2 * MiB)])],
  ])('%s is not made', async (_what, to) => {
    expect(await patch(old, to)).toBeNull()
  })

  test('whose files do not fit into the memory is not begun', async () => {
    expect(await patch(old, edited(old, 5), { memory: 64 * MiB })).toBeNull()
  })
})

describe('the process that makes it', () => {
  test('is ended when it takes too long', async () => {
    const making = patch(old, edited(old, 5), { deadline: 1 })
    await expect(making).rejects.toMatchObject({
      code: 'patch-failed',
      message: expect.stringContaining('longer than'),
    })
  })

  test('is ended with the hub', async () => {
    const stop = new AbortController()
    const making = patch(old, edited(old, 5), {}, stop.signal)
    stop.abort()
    await expect(making).rejects.toMatchObject({
      code: 'patch-failed',
      message: expect.stringContaining('the hub stops'),
    })
  })

  test('that cannot have its files fails alone', async () => {
    const gone = { digest: 'a'.repeat(64), path: join(directory, 'gone'), size: old.length }
    const making = makePatch(gone, store(old), { memory: 1024 * MiB, deadline: 60_000 }, never, async () => 'made')
    await expect(making).rejects.toMatchObject({ code: 'patch-failed', message: expect.stringContaining('ENOENT') })
  })

  test('gets no more memory than it was thought to need', async () => {
    // As if a file had grown behind our back: what is read then does not fit, and the system refuses it.
    const [from, to] = [store(randomBytes(250 * MiB)), store(edited(old, 5))]
    const lied = { ...from, size: MiB }
    const making = makePatch(lied, to, { memory: 1024 * MiB, deadline: 60_000 }, never, async () => 'made')
    await expect(making).rejects.toMatchObject({
      code: 'patch-failed',
      message: expect.stringMatching(/alloc|memory/i),
    })
  })
})

describe('the parameters', () => {
  test('grow with the files and stay within the memory, with smaller tables if need be', () => {
    const at = (size: number, memory = 1024 * MiB) => patchParameters(size, size, memory)
    expect(at(100_000)).toMatchObject({ windowLog: 17, tableLog: 17 })
    expect(at(32 * MiB)).toMatchObject({ windowLog: 25, tableLog: 25 })
    expect(at(32 * MiB + 1)).toMatchObject({ windowLog: 26, tableLog: 26 })
    expect(at(128 * MiB)).toMatchObject({ windowLog: 27, tableLog: 25 })
    expect(at(32 * MiB, 400 * MiB)).toMatchObject({ windowLog: 25, tableLog: 24 })
    expect(at(32 * MiB, 200 * MiB)).toBeNull()
    expect(at(largestPatched + 1, 1e12)).toBeNull()
    expect(patchParameters(10 * MiB, 13 * MiB, 1024 * MiB)).toBeNull()
    for (const size of [1, 65_536, 5e6, 32e6, 1e8]) expect(at(size)!.memory).toBeLessThanOrEqual(1024 * MiB)
  })
})
