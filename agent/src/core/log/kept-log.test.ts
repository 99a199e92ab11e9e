import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AgentError } from '../errors.ts'
import type { Files, Log } from '../platform.ts'
import { nodeFiles } from '../../platform/node/files.ts'
import { KeptLog } from './kept-log.ts'

let directory: string
let now: number
const silent: Log = { info: () => undefined, warn: () => undefined }
const clock = { now: () => now, monotonic: () => now, after: () => () => undefined }
const keep = (files: Files = nodeFiles(directory)): KeptLog => new KeptLog(files, clock, silent)
const all = (log: KeptLog): Promise<readonly string[]> => log.newest(1_000_000, 0)

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sutler-log-'))
  now = Date.parse('2026-11-26T09:00:00.000Z')
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

it('is one line each, with its time, and goes on after a restart', async () => {
  const log = keep()
  log.info('connected', { device: 'dev-1', why: null })
  log.warn('the disk is full\nor so', { free: 0 })
  await log.close()
  const later = keep()
  now += 1500
  later.info('connected again')
  expect(await all(later)).toEqual([
    '2026-11-26T09:00:00.000Z info connected device=dev-1',
    '2026-11-26T09:00:00.000Z warn the disk is full or so free=0',
    '2026-11-26T09:00:01.500Z info connected again',
  ])
  await later.close()
})

it('keeps the newest within its bound, however much is logged', async () => {
  const log = keep()
  for (let count = 0; count < 4000; count++) {
    log.info(`line ${count}`, { filler: 'x '.repeat(60) })
    if (count % 100 === 99) await all(log)
  }
  const lines = await all(log)
  expect(lines.at(-1)).toContain('line 3999')
  const numbers = lines.map((line) => Number(/line (\d+)/.exec(line)![1]))
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => 4000 - numbers.length + at))
  const sizes = ['log', 'log.before'].map((name) => statSync(join(directory, name)).size)
  for (const size of sizes) expect(size).toBeLessThanOrEqual(131_072)
  expect(await log.newest(131_072, 0)).not.toEqual([])
  await log.close()
})

it('gives only what is asked for: so many bytes, nothing from before a time', async () => {
  const log = keep()
  for (const word of ['one', 'two', 'three']) {
    log.info(word)
    now += 1000
  }
  const lines = await all(log)
  expect(await log.newest(lines[2]!.length + 1, 0)).toEqual(lines.slice(2))
  expect(await log.newest(lines[2]!.length, 0)).toEqual([])
  expect(await log.newest(1000, Date.parse('2026-11-26T09:00:01.000Z'))).toEqual(lines.slice(1))
  await log.close()
})

it('says where lines are missing, once the disk takes some again', async () => {
  const files = nodeFiles(directory)
  let full = true
  const refusing: Files = {
    ...files,
    create: async (path, mode) => {
      if (full) throw new AgentError('no-space', 'the disk is full')
      return files.create(path, mode)
    },
  }
  const log = keep(refusing)
  log.info('lost')
  log.info('lost, too')
  expect(await all(log)).toEqual([])
  full = false
  log.info('there again')
  expect(await all(log)).toEqual([
    '2026-11-26T09:00:00.000Z warn lines are missing here lines=2',
    '2026-11-26T09:00:00.000Z info there again',
  ])
  await log.close()
})

it('more lines at once than wait for the disk leave a note in their place', async () => {
  const log = keep()
  for (let count = 0; count < 300; count++) log.info(`line ${count}`)
  const lines = await all(log)
  expect(lines[0]).toContain('lines are missing here lines=44')
  expect(lines).toHaveLength(257)
  await log.close()
})

it('is readable by its owner only, and takes up what an older start left', async () => {
  writeFileSync(join(directory, 'log'), '')
  const log = keep()
  log.info('first')
  await log.close()
  expect(statSync(join(directory, 'log')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(directory, 'log'), 'utf8')).toContain('first')
})
