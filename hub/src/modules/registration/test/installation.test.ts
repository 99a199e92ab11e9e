import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealing } from '../../../platform/sealing.ts'
import { startHub } from './hub.ts'

test('the file links’ secret is sealed, also one that an older hub stored in the clear; links go on working', async () => {
  const hub = await startHub()
  const { sql } = hub.database.owner
  const old = Buffer.alloc(32, 9)
  await sql`update registration_installation set file_link_secret = ${old}`
  const next = await startHub({ database: hub.database, clock: hub.clock })
  const [row] = await sql<{ stored: Buffer }[]>`select file_link_secret as stored from registration_installation`
  expect(Buffer.from(row!.stored).includes(old)).toBe(false)
  const manifest = `sha256:${'0'.repeat(64)}` as const
  const { query } = next.registration.fileLink('dev-12345678', manifest)
  const third = await startHub({ database: hub.database, clock: hub.clock })
  expect(third.registration.checkFileLink(manifest, query)).toEqual({ device: 'dev-12345678' })
})

test('a hub with another sealing key than the database’s does not start', async () => {
  const hub = await startHub()
  const sealing = createSealing(createSecretKey(Buffer.alloc(32, 3)))
  await expect(startHub({ database: hub.database, sealing })).rejects.toMatchObject({ code: 'seal-broken' })
})
