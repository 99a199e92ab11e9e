import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { principal } from '../../../../../test/support/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { createMetrics } from '../../../platform/metrics.ts'
import { createServiceDefinitions, type ServiceDefinitionsDeps } from '../../service-definitions/index.ts'
import { houses, sha256, type House } from './house.ts'

const house = houses()
const [hour, day] = [3_600_000, 86_400_000]
const grace = day

/** One more hub on the house's database and files. */
function collectorOf(here: House, more: Partial<ServiceDefinitionsDeps> = {}) {
  const hub = createServiceDefinitions({
    ...here.parts,
    metrics: createMetrics(),
    keeping: { grace, retention: 30 * day },
    ...more,
  })
  return {
    collect: () => hub.collectBlobs(),
    usage: async () => (await here.call('olga', 'GET', '/blobs/usage')).body,
  }
}

const radio = { id: 'radio', title: 'Radio' }
const composition = (version: string, ...files: object[]) => ({
  version,
  components: [{ name: 'app', deviceClass: 'phone', files }],
})
const versions = '/services/radio/versions'

/** Publishes files of one version. @returns the digest of its file list */
async function publish({ call }: House, version: string, ...files: object[]): Promise<string> {
  const { status, body } = await call('dora', 'POST', versions, composition(version, ...files))
  expect(status).toBe(201)
  return body.components[0].manifest.digest
}

describe('an uploaded file', () => {
  it('that nobody publishes is removed when its grace is over, and not before', async () => {
    const here = await house()
    const { digest } = await here.file('a', 'never published')
    const { collect, usage } = collectorOf(here)
    here.clock.advance(grace - hour)
    expect(await collect()).toEqual({ blobs: 0, bytes: 0 })
    expect(await usage()).toMatchObject({ waiting: { blobs: 1, bytes: 15 } })
    here.clock.advance(hour + 1)
    expect(await collect()).toEqual({ blobs: 1, bytes: 15 })
    expect(await here.blobs.stat(digest)).toBeNull()
    expect(await usage()).toMatchObject({ stored: { blobs: 0 } })
    const event = { type: 'blobs.collected', subject: 'blobs', data: { blobs: 1, bytes: 15, digests: [digest] } }
    expect(await here.events()).toEqual([event])
  })

  it('has its grace anew whenever somebody hears that it is there', async () => {
    const here = await house()
    const { digest } = await here.file('a', 'asked for')
    here.clock.advance(grace - hour)
    expect((await here.call('dora', 'POST', '/blobs/missing', { digests: [digest] })).body).toEqual({ missing: [] })
    here.clock.advance(grace - hour)
    expect((await here.call('dora', 'PUT', `/blobs/${digest}`, Buffer.from('asked for'))).status).toBe(200)
    here.clock.advance(grace - hour)
    expect(await collectorOf(here).collect()).toMatchObject({ blobs: 0 })
    expect(await here.blobs.stat(digest)).not.toBeNull()
  })

  it('whose upload was refused leaves nothing to count', async () => {
    const here = await house()
    await here.call('dora', 'PUT', `/blobs/${sha256('right')}`, Buffer.from('wrong'))
    expect(await collectorOf(here).usage()).toMatchObject({ stored: { blobs: 0, bytes: 0 } })
    here.clock.advance(grace + 1)
    expect(await collectorOf(here).collect()).toEqual({ blobs: 1, bytes: 0 })
  })
})

describe('a published file', () => {
  it('stays as long as one version needs it', async () => {
    const here = await house()
    await here.call('dora', 'POST', '/services', radio)
    const [shared, first, second] = [
      await here.file('s', 'shared'),
      await here.file('a', 'one'),
      await here.file('a', 'two'),
    ]
    const list = await publish(here, '1.0.0', shared, first)
    await publish(here, '2.0.0', shared, second)
    const { collect, usage } = collectorOf(here)
    here.clock.advance(100 * day)
    expect(await collect()).toMatchObject({ blobs: 0 })
    expect(await usage()).toMatchObject({
      needed: { blobs: 5 },
      waiting: { blobs: 0 },
      unshared: { blobs: 4, bytes: 18 },
    })

    await here.call('dora', 'POST', `${versions}/1.0.0/state`, { state: 'retired' })
    here.clock.advance(29 * day)
    expect(await collect()).toMatchObject({ blobs: 0 })
    here.clock.advance(2 * day)
    expect(await collect()).toMatchObject({ blobs: 2 })
    expect([...(await here.blobs.sizes([shared, first, second].map(({ digest }) => digest))).keys()]).toEqual([
      shared.digest,
      second.digest,
    ])
    expect((await here.events()).filter(({ type }) => type === 'version.freed')).toMatchObject([
      { subject: 'radio@1.0.0' },
    ])
    const gone = await here.call('dora', 'GET', `${versions}/1.0.0/components/app/files`)
    expect(gone).toMatchObject({ status: 410, body: { type: '/problems/files-freed' } })
    expect(await here.definitions.fileIn(list, first.digest)).toBeNull()
  })

  it('of a retired version stays as long as a device is to have it', async () => {
    const here = await house()
    await here.call('dora', 'POST', '/services', radio)
    await publish(here, '1.0.0', await here.file('a', 'one'))
    await here.call('dora', 'POST', `${versions}/1.0.0/state`, { state: 'retired' })
    here.clock.advance(400 * day)
    const used = collectorOf(here, { versionsInUse: async (asked) => asked })
    expect(await used.collect()).toMatchObject({ blobs: 0 })
    expect(await collectorOf(here).collect()).toMatchObject({ blobs: 2 })
  })

  it('that is lost is told of once, and again when it is back; nothing is removed for it', async () => {
    const here = await house()
    await here.call('dora', 'POST', '/services', radio)
    const file = await here.file('a', 'one')
    await publish(here, '1.0.0', file)
    const { path } = (await here.blobs.stat(file.digest))!
    await writeFile(path, 'spoilt')
    const { collect, usage } = collectorOf(here)
    const told = async () => (await here.events()).filter(({ type }) => type.startsWith('blob.'))
    for (let round = 0; round < 32; round++) await collect()
    const lost = {
      type: 'blob.lost',
      subject: file.digest,
      data: { digest: file.digest, size: 3, versions: ['radio@1.0.0'] },
    }
    expect(await told()).toEqual([lost])
    expect(await usage()).toMatchObject({ lost: { blobs: 1, bytes: 3 }, needed: { blobs: 2 } })
    await writeFile(path, 'one')
    for (let round = 0; round < 16; round++) await collect()
    expect(await told()).toEqual([lost, { type: 'blob.restored', subject: file.digest, data: { digest: file.digest } }])
  })

  it('of before there were any counts is written down before anything is removed', async () => {
    const here = await house()
    await here.call('dora', 'POST', '/services', radio)
    const [file, other] = [await here.file('a', 'one'), await here.file('b', 'unneeded')]
    const list = await publish(here, '1.0.0', file)
    const { sql } = here.database.owner
    await sql`delete from definition_manifest_file`
    await sql`delete from definition_blob`
    await sql`update definition_manifest set indexed = false`
    const { collect } = collectorOf(here)
    const { path } = (await here.blobs.stat(list))!
    await writeFile(path, 'spoilt')
    for (let round = 0; round < 16; round++) await collect()
    here.clock.advance(2 * grace)
    expect(await collect()).toMatchObject({ blobs: 0 })
    const manifest = await sql<{ digest: string }[]>`select digest from definition_manifest where not indexed`
    expect(manifest).toEqual([{ digest: list }])
    await writeFile(path, listText(file))
    expect(await collect()).toMatchObject({ blobs: 1 })
    expect([...(await here.blobs.sizes([file.digest, other.digest])).keys()]).toEqual([file.digest])
  })
})

function listText(file: object): string {
  const head = { service: 'radio', version: '1.0.0', component: 'app', restart: 'none', health: null }
  return JSON.stringify({ ...head, files: [file] })
}

describe('publishing while files are collected', () => {
  it('either is refused or has all of its files, however the two interleave', async () => {
    const here = await house()
    await here.call('dora', 'POST', '/services', radio)
    const hubs = [collectorOf(here), collectorOf(here), collectorOf(here)]
    const outcomes = new Set<string>()
    for (let round = 0; round < 40; round++) {
      const files = await Promise.all([1, 2, 3].map((n) => here.file(`f${n}`, `${round} ${n}`)))
      here.clock.advance(grace + 1)
      const collecting = hubs.map(({ collect }) => collect())
      const [answer] = await Promise.all([
        here.call('dora', 'POST', versions, composition(`1.0.${round}`, ...files)),
        ...collecting,
      ])
      const there = await here.blobs.sizes(files.map(({ digest }) => digest))
      outcomes.add(answer.status === 201 ? `published with ${there.size} files` : answer.body.type)
    }
    expect([...outcomes].filter((outcome) => outcome !== '/problems/blobs-missing')).toEqual(['published with 3 files'])
  }, 60_000)

  it('an upload that is told of its file as there has it', async () => {
    const here = await house()
    const { collect } = collectorOf(here)
    for (let round = 0; round < 40; round++) {
      const content = `again ${round}`
      await here.file('a', content)
      here.clock.advance(grace + 1)
      const put = here.call('dora', 'PUT', `/blobs/${sha256(content)}`, Buffer.from(content))
      const [answer] = await Promise.all([put, collect()])
      expect([200, 201]).toContain(answer.status)
      expect((await here.blobs.sizes([sha256(content)])).size).toBe(1)
    }
  }, 60_000)

  it('a version whose transaction is open keeps its files, and one that comes too late is refused', async () => {
    const here = await house()
    const { definitions, database, clock } = here
    await here.call('dora', 'POST', '/services', radio)
    const service = (await definitions.publishableService(principal('olga'), 'radio'))!
    const { collect } = collectorOf(here)
    const whole = (version: string, file: object) =>
      ({ ...composition(version, file), notes: '', relations: [] }) as never
    const file = await here.file('a', 'in time')
    const inTime = await definitions.prepareVersion(service, complete(whole('1.0.0', file)))
    clock.advance(grace + 1)
    await database.ofTenant('main').transaction(async (tx) => {
      await definitions.addVersion(tx, inTime, 'candidate', 'dora')
      expect(await collect()).toMatchObject({ blobs: 0 })
    })
    const late = await definitions.prepareVersion(service, complete(whole('2.0.0', await here.file('a', 'too late'))))
    clock.advance(grace + 1)
    await collect()
    const adding = database
      .ofTenant('main')
      .transaction(async (tx) => definitions.addVersion(tx, late, 'candidate', 'dora'))
    await expect(adding).rejects.toMatchObject({ code: 'blobs-missing' })
    await expect(adding).rejects.toBeInstanceOf(CallerError)
  })
})

/** What the contract of the route adds to a component. */
function complete(given: { components: object[] }) {
  const defaults = { compatibility: 'true', restart: 'none', health: null, after: [] }
  return { ...given, components: given.components.map((one) => ({ ...defaults, ...one })) } as never
}

describe('a collector that is ended', () => {
  it('between the file and its row leaves a row that goes with the next round', async () => {
    const here = await house()
    const { digest } = await here.file('a', 'unneeded')
    here.clock.advance(grace + 1)
    const blobs = {
      ...here.blobs,
      remove: async (which: string) => {
        await here.blobs.remove(which)
        throw new Error('killed')
      },
    }
    await expect(collectorOf(here, { blobs }).collect()).rejects.toThrow('killed')
    expect(await here.blobs.stat(digest)).toBeNull()
    expect((await here.call('dora', 'POST', '/blobs/missing', { digests: [digest] })).body).toEqual({
      missing: [digest],
    })
    expect(await collectorOf(here).collect()).toMatchObject({ blobs: 1 })
  })

  it('or a hub that is, before the row, leaves a file that is taken in and goes when its grace is over', async () => {
    const here = await house()
    const content = Buffer.from('without a row')
    await here.blobs.put(
      sha256(content),
      (async function* () {
        yield content
      })(),
      { maxBytes: 100 },
    )
    const { collect, usage } = collectorOf(here)
    for (let round = 0; round < 16; round++) await collect()
    expect(await usage()).toMatchObject({ waiting: { blobs: 1, bytes: content.length } })
    here.clock.advance(grace + 1)
    expect(await collect()).toMatchObject({ blobs: 1 })
    expect(await here.blobs.stat(sha256(content))).toBeNull()
  })
})

describe('who runs the installation', () => {
  it('sees what the stored files take', async () => {
    const here = await house()
    await here.file('a', 'four')
    const { status, body } = await here.call('olga', 'GET', '/blobs/usage')
    expect(status).toBe(200)
    expect(body.stored).toEqual({ blobs: 1, bytes: 4 })
    expect((await here.call('sam', 'GET', '/blobs/usage')).status).toBe(403)
  })
})
