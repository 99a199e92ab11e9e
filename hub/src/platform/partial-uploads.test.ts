import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { partialUploads } from './partial-uploads.ts'

const owner = 'main/dora'

test('an upload in pieces that meets a full disk says so, and goes on with all that had come once there is room', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-partial-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const content = randomBytes(400_000)
  const source = join(directory, 'source')
  await writeFile(source, content)
  const digest = createHash('sha256').update(content).digest('hex')
  const script = `
    import { readFileSync } from 'node:fs'
    import { Readable } from 'node:stream'
    import { partialUploads } from ${JSON.stringify(new URL('./partial-uploads.ts', import.meta.url).href)}
    const [directory, source, from, to] = process.argv.slice(1)
    const clock = { now: () => Date.now(), monotonic: () => performance.now() }
    const partial = partialUploads({ directory, clock, maxBytes: 1e9, stallDeadline: 5000 })
    const content = readFileSync(source).subarray(+from, +to)
    const piece = { offset: +from, size: 400000, content: Readable.from([content.subarray(0, 20000), content.subarray(20000)]) }
    const ended = await partial.append('${owner}', '${digest}', piece).catch((error) => error.code + ' ' + error.entry.status)
    console.log(ended, await partial.received('${owner}', '${digest}'))`
  // A limit on file size (512-byte blocks) fails a write just as a full disk does.
  const run = (from: number, to: number) =>
    promisify(execFile)('sh', [
      '-c',
      'ulimit -f 100 && exec "$0" --input-type=module -e "$@"',
      process.execPath,
      script,
      directory,
      source,
      String(from),
      String(to),
    ]).then(({ stdout }) => stdout.trim())
  expect(await run(0, 30_000)).toBe('30000 30000')
  const [code, status, kept] = (await run(30_000, 400_000)).split(' ')
  expect([code, status]).toEqual(['storage-failed', '503'])
  expect(Number(kept)).toBeGreaterThanOrEqual(50_000)

  const partial = partialUploads({ directory, clock: manualClock(0), maxBytes: 1e9, stallDeadline: 5_000 })
  const offset = await partial.received(owner, digest)
  expect(offset).toBe(Number(kept))
  const rest = { offset, size: content.length, content: Readable.from([content.subarray(offset)]) }
  expect(await partial.append(owner, digest, rest)).toBe(content.length)
  expect((await readFile(partial.path(owner, digest))).equals(content)).toBe(true)
})
