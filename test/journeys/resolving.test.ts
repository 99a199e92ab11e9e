import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishService, readServiceSource, signService } from '@sutler/cli'
import { answer } from '@sutler/client'
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
  'relations that are too entangled are refused within the budget, with what to do about it',
  async () => {
    // Twelve pigeons and eleven holes: no two may have the same, and nothing shorter than trying shows that it cannot be.
    const pigeons = Array.from({ length: 12 }, (_, at) => `pigeon-${at}`)
    const { sql } = hub.database.owner
    await sql`
      insert into definition_service select (jsonb_populate_record(s, jsonb_build_object('id', pigeon))).*
      from definition_service s, unnest(${pigeons}::text[]) as p (pigeon) where s.id = 'tv-guide'`
    await sql`
      insert into definition_version select (jsonb_populate_record(v, jsonb_build_object('service', pigeon, 'version', hole || '.0.0',
        'relations', (select jsonb_agg(jsonb_build_object('kind', 'conflicts', 'service', other, 'range', hole || '.x'))
          from unnest(${pigeons}::text[]) as o (other) where other <> pigeon)))).*
      from definition_version v, unnest(${pigeons}::text[]) as p (pigeon), generate_series(1, 11) as h (hole)
      where v.service = 'tv-guide' and v.version = '1.0.0'`
    await sql`
      insert into definition_component
      select (jsonb_populate_record(c, jsonb_build_object('service', pigeon, 'version', hole || '.0.0'))).*
      from definition_component c, unnest(${pigeons}::text[]) as p (pigeon), generate_series(1, 11) as h (hole)
      where c.service = 'tv-guide' and c.version = '1.0.0'`
    const add = pigeons.map((service) => ({ service }))
    const refused = hub.api.POST('/api/v1/resolutions', { body: { household: 'hh-home', add, remove: [] } as never })
    await expect(refused).rejects.toMatchObject({
      status: 422,
      code: 'resolution-too-complex',
      message: expect.stringContaining('pigeon-0, pigeon-1'),
      remedy: expect.stringMatching(/./),
    })
    const fewer = { household: 'hh-home', add: add.slice(0, 3), remove: [] }
    expect(answer(await hub.api.POST('/api/v1/resolutions', { body: fewer as never }))).toMatchObject({ ok: true })
  },
  patience,
)

it(
  'from the command line a version is released to a channel, and nobody on a steadier one gets it',
  async () => {
    const source = join(directory, 'weather')
    await mkdir(join(source, 'app'), { recursive: true })
    await writeFile(join(source, 'app/a'), 'sun')
    const component = { name: 'app', deviceClass: 'gateway', from: 'app' }
    const described = { id: 'weather', title: 'Weather', version: '1.0.0', components: [component] }
    await writeFile(join(source, 'service.json'), JSON.stringify(described))
    const read = await readServiceSource(source)
    await publishService(hub.api, read)
    await signService(hub.api, read, hub.trust!.developer)
    const sutler = new CommandLine(directory)
    const does = (words: string) => sutler.run(words.split(' '))
    expect((await does('service release weather 1.0.0 --channel nightly')).err).toContain('alpha, beta, stable')
    expect((await does('service release weather 1.0.0 --channel beta')).out).toBe(
      'weather 1.0.0 is released to beta.\n',
    )
    const resolve = async (...more: string[]) =>
      (await sutler.run(['service', 'resolve', '--household', 'hh-home', '--add', 'weather', ...more])).out
    expect(await resolve()).not.toContain('weather 1.0.0: add')
    expect(await resolve('--channel', 'beta')).toContain('weather 1.0.0: add (wished)')
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
