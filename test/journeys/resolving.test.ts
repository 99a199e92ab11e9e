import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { CommandLine } from '../support/command-line.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { patience, publishTestService, type DeviceClass } from './household.ts'

let hub: ComposedHub
let directory: string

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
  directory = await mkdtemp(join(tmpdir(), 'sutler-resolving-'))
  await writeFile(join(directory, 'config.json'), JSON.stringify(hub.connection))
  const publish = (id: string, version: string, deviceClass: DeviceClass, list?: string) =>
    publishTestService(hub, id, version, [{ deviceClass, files: { a: version } }], {
      relations: list === undefined ? [] : [{ kind: 'requires', service: 'channel-list', range: list }],
    })
  for (const version of ['1.0.0', '2.0.0']) await publish('channel-list', version, 'gateway')
  await publish('tv-guide', '1.0.0', 'set-top-box', '^1.0.0')
  await publish('tv-guide', '2.0.0', 'set-top-box', '^2.0.0')
  await publish('picture-search', '1.0.0', 'set-top-box', '^1.0.0')
  const { sql } = hub.database.owner
  await sql`insert into entity_household (id, tenant, name, time_zone, created_at) values ('hh-home', 'main', 'H', 'UTC', now())`
  for (const [id, deviceClass] of [
    ['dev-gateway', 'gateway'],
    ['dev-tv', 'set-top-box'],
  ] as const)
    await sql`
      insert into entity_device (id, tenant, household, class, serial, name, created_at)
      values (${id}, 'main', 'hh-home', ${deviceClass}, ${id}, ${id}, now())`
}, patience)

afterAll(async () => {
  await hub?.stop()
  await rm(directory, { recursive: true, force: true })
}, patience)

it(
  'the example of docs/guide/resolving.md is what the command line prints',
  async () => {
    const guide = await readFile(new URL('../../docs/guide/resolving.md', import.meta.url), 'utf8')
    const examples = [...guide.matchAll(/```console\n\$ sutler (.+)\n([^`]+)```/g)]
    expect(examples).toHaveLength(3)
    const sutler = new CommandLine(directory)
    for (const [, words, printed] of examples) {
      const { out, err } = await sutler.run(words!.split(' '))
      expect(out + err).toBe(printed)
    }
  },
  patience,
)

it(
  'a household of nobody, a device of another one and a service that is named twice are refused',
  async () => {
    const ask = async (body: object) => {
      const response = await fetch(`${hub.url}/api/v1/resolutions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hub.connection.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const { type, errors } = (await response.json()) as { type: string; errors?: { pointer: string }[] }
      return [response.status, type, errors?.map(({ pointer }) => pointer)]
    }
    expect((await ask({ household: 'hh-other' })).slice(0, 2)).toEqual([422, '/problems/unknown-household'])
    const strange = { household: 'hh-home', add: [{ service: 'tv-guide', devices: ['dev-tv', 'dev-other'] }] }
    expect(await ask(strange)).toEqual([400, '/problems/invalid-request', ['/add/0/devices/1']])
    const twice = { household: 'hh-home', add: [{ service: 'tv-guide' }], remove: ['tv-guide'] }
    expect((await ask(twice)).slice(0, 2)).toEqual([400, '/problems/invalid-request'])
  },
  patience,
)

it(
  'from the command line a version is promoted, a service described, and listed by category',
  async () => {
    await publishTestService(hub, 'radio', '1.0.0', [{ deviceClass: 'gateway', files: { a: '1' } }], {
      channel: 'beta',
    })
    const sutler = new CommandLine(directory)
    const does = async (words: string) => (await sutler.run(words.split(' '))).out
    expect(await does('service promote radio 1.0.0 --channel stable')).toBe('radio 1.0.0 is on stable now.\n')
    expect((await sutler.run('service promote radio 1.0.0 --channel beta'.split(' '))).err).toContain(
      'it is on stable, the last channel',
    )
    expect(await does('service describe radio --category music --parental 6')).toBe('radio: radio; music; from 6.\n')
    expect(await sutler.json('service', 'list', '--category', 'music')).toMatchObject([
      { id: 'radio', categories: ['music'], parental: 6 },
    ])
  },
  patience,
)
