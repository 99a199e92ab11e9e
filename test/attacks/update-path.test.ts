import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { changedRoot, keyIdsOf, newestMetadata, newOnlineKey, releaseVersion, sendMetadata } from '@sutler/cli'
import {
  addSignature,
  assignmentFields,
  dateTime,
  nextRoot,
  readAssignment,
  readEnvelope,
  signFile,
  unsignedFile,
  withFields,
  type Json,
  type Signer,
} from '@sutler/trust'
import { generateKeyPair, keyPair } from '@sutler/trust/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { everything, inUse, makeDirectory, removeDirectory, startAgent } from '../../agent/test/running-agent.ts'
import type { RunningAgent, StartOptions } from '../../agent/test/running-agent.ts'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { createClaim, createHousehold, patience, placeOrder, settledOrder } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { startHostileProxy, type HostileProxy } from '../support/hostile-proxy.ts'
import { signPublished } from '../support/trust.ts'
import { until } from '../support/until.ts'

/** The attacks on the way of an update, over the real hub and the real agent, with somebody in between who can answer anything. */

let proxy: HostileProxy
let hub: ComposedHub
let directory: string
let household: string
let claim: string
let agent: RunningAgent
let versions = 0

const honest: HostileProxy['tamper'] = (_path, body) => body
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  proxy = await startHostileProxy()
  hub = await composeHub({ clock: systemClock, env: { SUTLER_PUBLIC_URL: proxy.url } })
  proxy.serve(hub.url, hub.plainMqtt)
  await hub.api.POST('/api/v1/services', { body: { id: 'guide', title: 'Guide' } })
  household = await createHousehold(hub)
  claim = await createClaim(hub, household)
  directory = makeDirectory()
  await boot()
  await until(async () => (await devices()).length === 1, { deadline: patience })
  await publish('1.0.0')
  await settledOrder(hub, (await placeOrder(hub, household, 'add', 'guide')).id)
  await untouched()
}, 2 * patience)

afterEach(async () => {
  proxy.tamper = honest
})

afterAll(async () => {
  await agent?.stop()
  await hub?.stop()
  await proxy?.stop()
  removeDirectory(directory)
}, patience)

async function boot(options: StartOptions = {}): Promise<void> {
  await agent?.stop()
  agent = startAgent({ url: proxy.url, claim: () => claim }, directory, options)
}

async function devices(): Promise<{ id: string }[]> {
  const { data } = await hub.api.GET('/api/v1/devices', { params: { query: { household } } })
  return data!.items.filter(({ reachable, capabilities }) => reachable && capabilities !== null)
}

/** A version whose one file says which it is. */
async function publish(version: string, models?: readonly string[]): Promise<void> {
  const content = Buffer.from(version)
  await fetch(`${hub.url}/api/v1/blobs/${sha256(content)}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${hub.connection.token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(content),
  })
  const file = { path: 'a', size: content.length, digest: sha256(content), mode: 0o644 }
  const components = [
    { name: 'app', deviceClass: 'set-top-box', compatibility: 'true', restart: 'none', health: null, files: [file] },
  ]
  const body = { version, notes: '', state: 'candidate' as const, relations: [], components }
  await hub.api.POST('/api/v1/services/{service}/versions', { params: { path: { service: 'guide' } }, body })
  await signPublished(hub.api, hub.trust, 'guide', version, models)
  await releaseVersion(hub.api, 'guide', version)
}

interface Attempt {
  readonly state: string
  readonly code: unknown
}

/** Orders a new version while the attack goes on. */
async function attempt(tamper: HostileProxy['tamper'], models?: readonly string[]): Promise<Attempt> {
  const version = `2.0.${++versions}`
  await publish(version, models)
  const before = agent.log.length
  proxy.tamper = tamper
  const order = await settledOrder(hub, (await placeOrder(hub, household, 'modify', 'guide', { version })).id)
  const failure = agent.log.slice(before).find(({ message }) => message === 'the work on a service failed')
  return { state: order.state, code: failure?.fields['code'] }
}

/** Waits until the old version runs, and nothing of the new one is left. */
async function untouched(): Promise<void> {
  const what = `version ${running} and no residue`
  const clean = () => everything(directory).every((path) => !path.startsWith('staging/'))
  await until(() => inUse(directory, 'guide')?.['a'] === running && clean(), { deadline: patience, what })
}

let running = '1.0.0'

/** The code with which the device refuses while the attack goes on; the old version goes on running. */
async function refusedWith(tamper: HostileProxy['tamper']): Promise<unknown> {
  const { state, code } = await attempt(tamper)
  await untouched()
  return state === 'failed' ? code : state
}

/** Changes the answers whose path fits. */
const change =
  (fits: RegExp, by: (body: Buffer, path: string) => Buffer | Uint8Array): HostileProxy['tamper'] =>
  (path, body) =>
    body !== null && fits.test(path) ? Buffer.from(by(body, path)) : body

/** Answers in place of the hub, whatever it has. */
const plant =
  (fits: RegExp, bytes: Uint8Array): HostileProxy['tamper'] =>
  (path, body) =>
    fits.test(path) ? Buffer.from(bytes) : body

const latest = (fits: RegExp): Buffer => [...proxy.seen].findLast(([path]) => fits.test(path))![1].at(-1)!

function resigned(
  body: Buffer,
  fields: Readonly<Record<string, Json>>,
  signers: readonly Signer[],
): Promise<Uint8Array> {
  return signFile(withFields(readEnvelope(body, 'file', Infinity).signed, fields), signers)
}

/** The online keys of a hub that was stolen with everything in it. */
async function stolen(role: string): Promise<Signer> {
  const text = await readFile(join(hub.dataDirectory, 'signer', 'keys.json'), 'utf8')
  const found = (JSON.parse(text) as { role: string; key: string }[]).findLast((key) => key.role === role)!
  return (await keyPair('ed25519', Buffer.from(found.key, 'base64'))).signer
}

describe('on the way of an update', { timeout: 2 * patience }, () => {
  it('bit-flip, truncation, trailing bytes: refused, the old version runs, no residue', async () => {
    const flip = (body: Buffer): Buffer => {
      const copy = Buffer.from(body)
      copy[copy.length >> 1]! ^= 1
      return copy
    }
    expect(await refusedWith(change(/snapshot\.json/, flip))).toBe('trust-hash-mismatch')
    expect(await refusedWith(change(/snapshot\.json/, (body) => body.subarray(0, -1)))).toBe('trust-length-mismatch')
    expect(await refusedWith(change(/snapshot\.json/, (body) => Buffer.concat([body, Buffer.from(' ')])))).toBe(
      'trust-endless-data',
    )
    expect(await refusedWith(change(/timestamp\.json/, (body) => Buffer.concat([body, Buffer.from('x')])))).toBe(
      'trust-malformed',
    )
    expect(await refusedWith(change(/test\.json/, flip))).toBe('trust-not-signed-by-developer')
    expect(await refusedWith(change(/assignments/, (body) => body.subarray(0, -1)))).toBe('trust-malformed')
    expect(await refusedWith(change(/^\/files/, flip))).toBe('digest-mismatch')
  })

  it('unsigned, wrong role’s key, below threshold, one key signing twice: refused', async () => {
    const unsigned = (body: Buffer) => unsignedFile(readEnvelope(body, 'file', Infinity).signed)
    expect(await refusedWith(change(/timestamp\.json/, unsigned))).toBe('trust-below-threshold')
    expect(await refusedWith(change(/assignments/, unsigned))).toBe('trust-below-threshold')
    const forged = await resigned(latest(/timestamp\.json/), {}, [await stolen('director')])
    expect(await refusedWith(plant(/timestamp\.json/, forged))).toBe('trust-below-threshold')
    const { root } = hub.trust
    const other = await generateKeyPair('ed25519')
    const changes = { root: { keys: [root.key, other.key], threshold: 2 } }
    const next = nextRoot((await newestMetadata(hub.api, 'root'))!, Math.floor(Date.now() / 1000) + 86_400, changes)
    const once = await signFile(next, [root.signer])
    expect(await refusedWith(plant(/2\.root\.json/, once))).toBe('trust-below-threshold')
    const [signature] = (JSON.parse(Buffer.from(once).toString()) as { signatures: unknown[] }).signatures
    const twice = { ...(JSON.parse(Buffer.from(once).toString()) as object), signatures: [signature, signature] }
    expect(await refusedWith(plant(/2\.root\.json/, Buffer.from(JSON.stringify(twice))))).toBe('trust-duplicate')
  })

  it('root N+1 without old or new threshold: refused', async () => {
    const attacker = await generateKeyPair('ed25519')
    const changes = { root: { keys: [attacker.key], threshold: 1 } }
    const next = nextRoot((await newestMetadata(hub.api, 'root'))!, Math.floor(Date.now() / 1000) + 86_400, changes)
    expect(await refusedWith(plant(/2\.root\.json/, await signFile(next, [attacker.signer])))).toBe(
      'trust-below-threshold',
    )
    expect(await refusedWith(plant(/2\.root\.json/, await signFile(next, [hub.trust.root.signer])))).toBe(
      'trust-below-threshold',
    )
  })

  it('older metadata, replay of an older assignment: refused by the floor', async () => {
    const [timestamp, assignment] = [latest(/timestamp\.json/), latest(/assignments/)]
    expect((await attempt(honest)).state).toBe('completed')
    running = `2.0.${versions}`
    expect(await refusedWith(plant(/timestamp\.json/, timestamp))).toBe('trust-rollback')
    expect(await refusedWith(plant(/assignments/, assignment))).toBe('trust-below-floor')
  })

  it('freeze: an alarm at expiry, and what runs goes on', async () => {
    const timestamp = latest(/timestamp\.json/)
    const later = { now: () => Date.now() + 3 * 86_400_000 }
    await boot({ platform: (real) => ({ ...real, clock: { ...real.clock, ...later } }) })
    await until(async () => (await devices()).length === 1, { deadline: patience })
    expect(await refusedWith(plant(/timestamp\.json/, timestamp))).toBe('trust-expired')
    await boot()
  })

  it('mix-and-match: metadata that do not belong together are refused', async () => {
    const old = latest(/targets\.json|test\.json/)
    expect(await refusedWith(change(/test\.json/, () => old))).toBe('trust-not-signed-by-developer')
    const snapshot = latest(/snapshot\.json/)
    expect(await refusedWith(change(/snapshot\.json/, () => snapshot))).toBe('trust-hash-mismatch')
  })

  it('endless data: cut at the signed length', async () => {
    const endless =
      (fits: RegExp): HostileProxy['tamper'] =>
      (path, body, response) => {
        if (!fits.test(path)) return body
        response.writeHead(200)
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
          if (!response.destroyed) response.once('drain', more)
        }
        more()
        return undefined
      }
    expect(await refusedWith(endless(/timestamp\.json/))).toBe('trust-endless-data')
    expect(await refusedWith(endless(/snapshot\.json/))).toBe('trust-endless-data')
    expect(await refusedWith(endless(/^\/files/))).toBe('too-large')
  })

  it('slow retrieval: given up at a minimum rate, resumed later', async () => {
    await boot({ settings: { leastRate: 10_000, rateWindow: 200 } })
    await until(async () => (await devices()).length === 1, { deadline: patience })
    let dribbles = 2
    const before = agent.log.length
    const slow: HostileProxy['tamper'] = (path, body, response) => {
      if (!path.includes('timestamp.json') || dribbles-- <= 0) return body
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
      return undefined
    }
    expect(await attempt(slow)).toEqual({ state: 'completed', code: 'too-slow' })
    running = `2.0.${versions}`
    expect(agent.log.slice(before).filter(({ fields }) => fields['code'] === 'too-slow')).toHaveLength(2)
    await untouched()
    await boot()
    await until(async () => (await devices()).length === 1, { deadline: patience })
  })

  it('another device’s assignment, wrong model: refused', async () => {
    const director = await stolen('director')
    const body = latest(/assignments/)
    expect(
      await refusedWith(plant(/assignments/, await resigned(body, { device: 'dev-0000000000' }, [director]))),
    ).toBe('trust-wrong-device')
    expect(await attempt(honest, ['another-model'])).toEqual({ state: 'failed', code: 'trust-wrong-model' })
    await untouched()
    expect((await attempt(honest, ['another-model', 'test'])).state).toBe('completed')
    running = `2.0.${versions}`
  })

  it('swap between verify and activate: what is not what was verified is taken back', async () => {
    const swap = (files: { rename(from: string, to: string): Promise<void> }) => async (from: string, to: string) => {
      if (to.endsWith('/current')) {
        const [, next] = everything(directory).filter(
          (path) => /services\/guide\/versions\/[^/]+$/.test(path) && !path.endsWith('.json'),
        )
        if (next) writeFileSync(join(directory, next, 'a'), 'swapped')
      }
      return files.rename(from, to)
    }
    await boot({ platform: (real) => ({ ...real, files: { ...real.files, rename: swap(real.files) } }) })
    await until(async () => (await devices()).length === 1, { deadline: patience })
    const before = agent.log.length
    expect((await attempt(honest)).state).toBe('failed')
    const done = agent.log.slice(before).find(({ message }) => message === 'done')
    expect(done?.fields).toMatchObject({ result: 'rolled-back', error: 'digest-mismatch' })
    await boot()
    await until(async () => (await devices()).length === 1, { deadline: patience })
    await untouched()
  })

  it('compression bomb: no content coding is ever accepted', async () => {
    const coded =
      (fits: RegExp): HostileProxy['tamper'] =>
      (path, body, response) => {
        if (!fits.test(path) || body === null) return body
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length }).end(body)
        return undefined
      }
    expect(await refusedWith(coded(/timestamp\.json/))).toBe('not-available')
    expect(await refusedWith(coded(/^\/files/))).toBe('not-available')
  })

  it('a stolen hub, with all its keys and no developer’s, gets no file of its own onto a device', async () => {
    const director = await stolen('director')
    const own = sha256(Buffer.from('a file list of the thief'))
    const assigning: HostileProxy['tamper'] = (path, body) => (body && /assignments/.test(path) ? planted : body)
    let planted: Buffer = Buffer.alloc(0)
    const version = `2.0.${versions + 1}`
    const fields = readAssignment(readEnvelope(latest(/assignments/), 'director', Infinity))
    const entry = { service: 'guide', version, component: 'app', path: `guide/${version}/app.manifest` }
    const file = { length: 24, hashes: new Map([['sha256', own]]) }
    const claimed = { ...fields, version: Math.floor(Date.now() / 1000) + 60, assigned: [{ ...entry, file }] }
    planted = Buffer.from(await signFile(assignmentFields(claimed), [director]))
    expect((await attempt(assigning)).code).toMatch(/trust-(length|digest)-differs/)
    await untouched()
    // Named as a file that no developer knows: the same.
    const unknown = {
      ...claimed,
      version: claimed.version + 1,
      assigned: [{ ...entry, version: `2.0.${versions + 1}`, path: 'guide/evil/app.manifest', file }],
    }
    planted = Buffer.from(await signFile(assignmentFields(unknown), [director]))
    expect((await attempt(assigning)).code).toBe('trust-not-signed-by-developer')
    await untouched()
  })

  it('a stolen developer’s key alone gets nothing onto a device', async () => {
    const director = await stolen('director')
    const fields = readAssignment(readEnvelope(latest(/assignments/), 'director', Infinity))
    const without = { ...fields, version: Math.floor(Date.now() / 1000) + 70, assigned: [] }
    const honestDirector = Buffer.from(await signFile(assignmentFields(without), [director]))
    expect(await refusedWith(plant(/assignments/, honestDirector))).toBe('trust-not-assigned')
  })

  it('version fast-forward: over once the keys were rotated', async () => {
    const far = await resigned(
      latest(/timestamp\.json/),
      { version: 9_000_000, expires: dateTime(Math.floor(Date.now() / 1000) + 86_400) },
      [await stolen('timestamp')],
    )
    expect((await attempt(plant(/timestamp\.json/, far))).state).toBe('failed')
    expect(await attempt(honest)).toEqual({ state: 'failed', code: 'trust-rollback' })
    const key = await newOnlineKey(hub.api, 'timestamp')
    const before = (await newestMetadata(hub.api, 'root'))!
    const next = changedRoot(before, {
      role: 'timestamp',
      add: [key],
      remove: keyIdsOf(before, 'timestamp'),
      threshold: null,
    })
    await sendMetadata(hub.api, { root: await addSignature(unsignedFile(next), hub.trust.root.signer) })
    // The assignments of the thief above went a minute ahead: the director's key is exchanged, too.
    const director = await newOnlineKey(hub.api, 'director')
    const root = (await newestMetadata(hub.api, 'root'))!
    const last = changedRoot(root, {
      role: 'director',
      add: [director],
      remove: keyIdsOf(root, 'director'),
      threshold: null,
    })
    await sendMetadata(hub.api, { root: await addSignature(unsignedFile(last), hub.trust.root.signer) })
    expect((await attempt(honest)).state).toBe('completed')
  })
})
