import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishService, readServiceSource, type PublishProgress } from '@sutler/cli'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { patience } from './household.ts'

/** A hub that is killed while a developer publishes. */

const size = 40 * 1_048_576
let hub: HubProcess
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-cut-'))
  hub = await startHub({ withoutTrust: true })
}, 2 * patience)
afterAll(async () => {
  await hub?.stop()
  await rm(directory, { recursive: true, force: true })
}, patience)

it(
  'has what had come of a large file when it is back, and the publication goes on from there',
  async () => {
    await mkdir(join(directory, 'app'))
    await writeFile(join(directory, 'app/film'), randomBytes(size))
    const components = [{ name: 'app', deviceClass: 'phone', from: 'app' }]
    await writeFile(
      join(directory, 'service.json'),
      JSON.stringify({ id: 'cinema', title: 'Cinema', version: '1.0.0', components }),
    )
    let killed: Promise<void> | null = null
    const told: PublishProgress[] = []
    const version = await publishService(hub.api, await readServiceSource(directory), (progress) => {
      told.push(progress)
      if (progress.bytes > 0) killed ??= hub.kill().then(() => hub.restart())
    })
    await killed
    expect(version).toMatchObject({ version: '1.0.0', components: [{ files: 1, bytes: size }] })
    expect(killed).not.toBeNull()
    // What had come was not sent again: progress never went back, and ended at the file's size.
    expect(told.map(({ bytes }) => bytes)).toEqual(told.map(({ bytes }) => bytes).toSorted((a, b) => a - b))
    expect(told.at(-1)).toEqual({ uploaded: 1, missing: 1, bytes: size, total: size })
  },
  3 * patience,
)
