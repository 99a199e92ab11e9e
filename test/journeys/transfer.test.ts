import { randomBytes } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answer, createClient } from '@sutler/client'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHubBehindProxy, type FileProxy } from '../support/file-proxy.ts'
import type { HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import {
  filesInUse,
  patience,
  placeOrder,
  publishTestService,
  setUpHousehold,
  settledOrder,
  sha256,
  type Household,
} from './household.ts'

/** What goes over the wire, developer → hub → device, counted by a proxy in between. */

let database: TestDatabase
let proxy: FileProxy
let hub: HubProcess
let home: Household

const large = randomBytes(2_000_000)
const changed = Buffer.from(large)
for (let edit = 0; edit < 10; edit++) changed.write(`edit ${edit}`, edit * 200_000)
const [same, one, two] = [randomBytes(300_000), 'notes one', 'notes two']

beforeAll(async () => {
  database = await testDatabase()
  ;({ hub, proxy } = await startHubBehindProxy(database.url))
  home = await setUpHousehold(hub, ['gateway'])
  await publish('1.0.0', { app: large, same, 'notes.txt': one })
  await order('add', '1.0.0')
}, 2 * patience)

beforeEach(() => {
  for (const counts of [proxy.sent, proxy.uploaded]) counts.clear()
})

afterAll(async () => {
  await home?.stop()
  await hub?.stop()
  await proxy?.stop()
  await database?.close()
})

async function publish(version: string, files: Record<string, string | Uint8Array>): Promise<void> {
  const api = createClient({ ...hub.connection, hub: proxy.url, fetch: undefined })
  await publishTestService({ ...hub, api }, 'guide', version, [{ deviceClass: 'gateway', files }])
}

async function order(action: 'add' | 'modify', version: string): Promise<void> {
  const placed = await placeOrder(hub, home.id, action, 'guide', { version })
  expect((await settledOrder(hub, placed.id)).state).toBe('completed')
}

const inUse = () => filesInUse(home.agents.get('gateway')!.directory, 'guide')

/** Bytes of content of these files; what else went over the wire are file lists. */
const total = (counts: ReadonlyMap<string, number>, ...contents: (string | Uint8Array)[]) =>
  contents.reduce((sum, content) => sum + (counts.get(sha256(content)) ?? 0), 0)

describe('a new version', { timeout: 2 * patience }, () => {
  it('that changes a small file sends that file, and nothing of the others, both ways', async () => {
    await publish('1.1.0', { app: large, same, 'notes.txt': two })
    expect([...proxy.uploaded]).toEqual([[sha256(two), two.length]])
    await order('modify', '1.1.0')
    expect(total(proxy.sent, two)).toBe(two.length)
    expect(total(proxy.sent, large, same, one)).toBe(0)
    expect(await inUse()).toEqual({ app: sha256(large), same: sha256(same), 'notes.txt': sha256(two) })
  })

  it('that only moves files sends none of their content, either way', async () => {
    await publish('1.2.0', { 'bin/app': large, 'data/same': same, 'notes.txt': two })
    expect(proxy.uploaded.size).toBe(0)
    await order('modify', '1.2.0')
    expect(total(proxy.sent, large, same, two)).toBe(0)
    // The file list alone.
    expect([...proxy.sent.values()].reduce((sum, bytes) => sum + bytes)).toBeLessThan(1_000)
    expect(await inUse()).toEqual({ 'bin/app': sha256(large), 'data/same': sha256(same), 'notes.txt': sha256(two) })
  })

  it('that changes some bytes of a large file sends all of it to the hub, and a patch to the device', async () => {
    await publish('1.3.0', { 'bin/app': changed, 'data/same': same, 'notes.txt': two })
    expect([...proxy.uploaded]).toEqual([[sha256(changed), changed.length]])
    // Made by itself, some seconds later.
    const made = async () => answer(await hub.api.GET('/api/v1/blobs/usage')).patches
    const { bytes } = await until(async () => ((await made()).blobs === 1 ? made() : null), { deadline: patience })
    await order('modify', '1.3.0')
    expect(total(proxy.sent, changed)).toBe(bytes)
    expect(bytes).toBeLessThan(changed.length / 500)
    expect(total(proxy.sent, same, two)).toBe(0)
    expect(await inUse()).toEqual({ 'bin/app': sha256(changed), 'data/same': sha256(same), 'notes.txt': sha256(two) })
  })

  it('whose patch is lost from the disk of the hub is sent whole', async () => {
    await publish('1.4.0', { 'bin/app': large.subarray(1), 'data/same': same, 'notes.txt': two })
    const patch = await until(
      async () => {
        const [row] = await database.owner.sql<{ patch: string }[]>`
          select patch from definition_patch
          where to_digest = ${sha256(large.subarray(1))} and from_digest = ${sha256(changed)} and state = 'made'`
        return row?.patch
      },
      { deadline: patience },
    )
    const path = join(hub.data, 'blobs', patch.slice(0, 2), patch.slice(2))
    await rename(path, `${path}.lost`)
    await order('modify', '1.4.0')
    expect(total(proxy.sent, large.subarray(1))).toBe(large.length - 1)
  })
})
