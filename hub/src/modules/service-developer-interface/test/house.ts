import { createHash } from 'node:crypto'
import { createClient } from '@sutler/client'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { accessFor, principal } from '../../../../../test/support/access.ts'
import { testDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { manualClock, type ManualClock } from '../../../../../test/support/manual-clock.ts'
import { initTrust, innerSigner, signPublished } from '../../../../../test/support/trust.ts'
import type { Access } from '../../../platform/access.ts'
import { openBlobs, type Blobs } from '../../../platform/blobs.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import { createWebServer } from '../../../platform/http/server.ts'
import { partialUploads } from '../../../platform/partial-uploads.ts'
import { silentLog } from '../../../platform/log.ts'
import { createMetrics } from '../../../platform/metrics.ts'
import {
  createServiceDefinitions,
  type ServiceDefinitions,
  type ServiceDefinitionsDeps,
} from '../../service-definitions/index.ts'
import { createServiceDeveloperInterface } from '../index.ts'
import { withoutTls } from '../../../../../test/support/handshakes.ts'

interface Answer {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads whatever shape it expects
  readonly body: any
  readonly headers: Headers
}

/** Both publishing modules behind the real web server's router, on a real database and real files. */
export interface House {
  readonly database: TestDatabase
  readonly definitions: ServiceDefinitions
  readonly blobs: Blobs
  readonly clock: ManualClock
  /** What `definitions` is made of: for one more hub on the same database and files. */
  readonly parts: ServiceDefinitionsDeps
  /** Calls /api/v1 as that person: `dora` and `dave` are developers, `olga` an operator, `sam` a sponsor. */
  call(who: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Uploads a text as `dora` and gives its entry for a composition. */
  file(path: string, content: string): Promise<{ path: string; size: number; digest: string; mode: number }>
  /** Signs versions of a service as a developer whom devices trust. */
  sign(service: string, ...versions: string[]): Promise<void>
  /** Serves on a real socket until the test ends; gives the port. */
  listen(): Promise<number>
  events(): Promise<{ type: string; subject: string; data: unknown }[]>
}

export const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')

const people = [
  principal('olga'),
  principal('dora', { roles: ['developer'] }),
  principal('dave', { roles: ['developer'] }),
  principal('sam', { roles: ['sponsor'] }),
]

/** As registration decides: everybody reads services, developers publish their own. */
function publishingAccess(): Access {
  const base = accessFor(...people)
  return {
    ...base,
    authorise: (who, action, object) =>
      action === 'service.read' || who.roles.includes('operator') || who.roles.includes('developer')
        ? base.authorise(who, action, action === 'service.read' ? { owner: who.id } : object)
        : base.authorise(who, action),
  }
}

/** Registers one database for the test file; each call of the result empties it and opens the house on it. */
export function houses(): () => Promise<House> {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase({ tenant: 'main' })
  })
  afterAll(() => database.close())
  return async () => {
    await database.owner.sql`truncate definition_service, definition_version, definition_component, definition_manifest,
      definition_manifest_file, definition_patch, definition_blob, definition_trust_file,
      definition_trust_online_key, definition_release_rule, developer_release_request, platform_event, platform_idempotency`
    return openHouse(database)
  }
}

/** With dora's service `radio`, and signed candidates of it. */
export async function withRadio(house: House, ...versions: string[]): Promise<House> {
  await house.call('dora', 'POST', '/services', { id: 'radio', title: 'Radio' })
  const files = [await house.file('index.html', '<h1>Radio</h1>')]
  for (const version of versions)
    await house.call('dora', 'POST', '/services/radio/versions', {
      version,
      components: [{ name: 'app', deviceClass: 'phone', files }],
    })
  await house.sign('radio', ...versions)
  return house
}

async function openHouse(database: TestDatabase): Promise<House> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-blobs-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const clock = manualClock()
  const access = publishingAccess()
  const blobs = await openBlobs({ dataDirectory: directory, exclusive: true, stallDeadline: 5_000 })
  const partial = partialUploads({ directory: blobs.partialDirectory, clock, maxBytes: 4096, stallDeadline: 5_000 })
  const metrics = createMetrics()
  const parts: ServiceDefinitionsDeps = {
    database,
    doorbells: localDoorbells(),
    clock,
    access,
    blobs,
    metrics,
    log: silentLog,
    signer: await innerSigner(clock, join(directory, 'signer')),
    assigned: async () => [],
    versionsInUse: async () => [],
    keeping: { grace: 86_400_000, retention: 30 * 86_400_000 },
    patchMemory: 1024 ** 3,
    checkLink: () => ({ device: '' }),
    tenantOf: async () => null,
    household: async () => null,
    channelsOf: async () => new Map(),
  }
  const definitions = createServiceDefinitions(parts)
  // What became of versions on devices is tried with a whole hub.
  const orders = {} as never
  const developers = createServiceDeveloperInterface({
    database,
    doorbells: parts.doorbells,
    clock,
    access,
    blobs,
    partial,
    definitions,
    entities: {} as never,
    orders,
    logs: {} as never,
  })
  const server = createWebServer({
    hubId: 'hub-test',
    version: '0.0.0',
    access,
    database,
    clock,
    log: silentLog,
    metrics,
    modules: [developers.routes(), definitions.routes()],
    raw: [],
    retention: 86_400_000,
    abandonedAfter: 60_000,
    bodyLimit: 8 * 1024 * 1024,
    bodyDeadline: 10_000,
    connectionLimit: 100,
    ...withoutTls,
  } as never)

  async function call(who: string, method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    const json = body !== undefined && !(body instanceof Buffer)
    const response = await server.app.request(`/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${who}`,
        ...(body === undefined ? {} : { 'content-type': json ? 'application/json' : 'application/octet-stream' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : new Uint8Array(body as Buffer) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers }
  }

  async function listen(): Promise<number> {
    onTestFinished(() => server.close(0))
    return server.listenPlain(0)
  }

  return {
    database,
    definitions,
    blobs,
    clock,
    parts,
    call,
    async file(path, content) {
      const digest = sha256(content)
      await call('dora', 'PUT', `/blobs/${digest}`, Buffer.from(content))
      return { path, size: Buffer.byteLength(content), digest, mode: 0o644 }
    },
    async sign(service, ...versions) {
      onTestFinished(definitions.keepFresh())
      const api = createClient({ hub: `http://127.0.0.1:${await listen()}`, token: 'olga' })
      const keys = await initTrust(api)
      for (const version of versions) await signPublished(api, keys, service, version)
    },
    listen,
    events: async () =>
      database.sql`select type, subject, data from platform_event where type not like 'trust.%' order by id`,
  }
}
