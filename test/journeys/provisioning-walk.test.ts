import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { comparable } from './walk/comparable.ts'
import { figuresOf } from './walk/figures.ts'
import { placeIn, type Place } from './walk/place.ts'
import { endWalk, walk } from './walk/walk.ts'

/** The walk takes two minutes; the machine may be busy with other tests. */
const patience = 900_000
/** In place of the guide's ten thousand. */
const devices = 200
let database: TestDatabase
let place: Place

beforeAll(async () => {
  database = await testDatabase()
  const directory = await mkdtemp(join(tmpdir(), 'sutler-provisioning-'))
  place = await placeIn(directory, devices, { DATABASE_URL: database.url })
})

afterAll(async () => {
  await endWalk(place)
  await database?.close()
  await rm(place.directory, { recursive: true, force: true })
}, patience)

describe('the provisioning walk, as docs/guide/provisioning-walk.md has it', () => {
  it(
    'does what the guide says, command by command; a gate trips, all goes back, and every device says why',
    { timeout: patience },
    async () => {
      const { commands, api } = await walk(place, patience - 60_000)
      const told = commands.map(({ command, output, printed }) => ({
        command,
        printed: output === null ? '' : comparable(printed, place),
      }))
      expect(told).toEqual(
        commands.map(({ command, output }) => ({ command, printed: comparable(output ?? '', place) })),
      )
      const figures = await figuresOf(api, commands, devices)
      expect(Object.values(figures.orders)).toEqual(['completed', 'completed', 'failed', 'completed'])
      expect(figures).toMatchObject({
        everybody: { state: 'completed', failed: 0 },
        taken: { state: 'rolled-back' },
        unexplained: 0,
      })
      expect(figures.everybody.done + figures.everybody.leftOut).toBe(devices)
      expect(figures.taken.back).toBe(figures.taken.ordered)
      expect(figures.taken.tripped).toMatch(/devices failed; at most 5 ?% may/)
    },
  )
})
