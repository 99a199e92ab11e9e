import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealingKey } from './sealing-key.ts'

let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-sealing-'))
  file = join(directory, 'new', 'sealing.key')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

test('hubs that start at once make one key, readable by its owner only, and nothing else', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => sealingKey(file)))
  expect(new Set(keys.map((key) => key.export().toString('hex'))).size).toBe(1)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(directory, 'new'))).toEqual(['sealing.key'])
  expect((await sealingKey(file)).equals(keys[0]!)).toBe(true)
})

test('a key that others could read, or that is cut, is refused and not replaced', async () => {
  await sealingKey(file)
  const text = await readFile(file, 'utf8')
  await chmod(file, 0o644)
  await expect(sealingKey(file)).rejects.toMatchObject({ code: 'sealing-key-unusable' })
  await chmod(file, 0o600)
  await writeFile(file, text.slice(0, 20))
  await expect(sealingKey(file)).rejects.toMatchObject({ code: 'sealing-key-unusable' })
  expect(await readFile(file, 'utf8')).toBe(text.slice(0, 20))
})

test('a place where no key can be made is named', async () => {
  await writeFile(join(directory, 'file'), '')
  const attempt = sealingKey(join(directory, 'file', 'sealing.key'))
  await expect(attempt).rejects.toMatchObject({
    code: 'sealing-key-unusable',
    message: expect.stringContaining('file'),
  })
})
