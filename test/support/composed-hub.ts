import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer, createClient, type ClientOptions, type SutlerClient } from '@sutler/client'
import { afterAll, beforeAll } from 'vitest'
import { compose } from '../../hub/src/compose.ts'
import { readConfig } from '../../hub/src/config.ts'
import { openBlobs } from '../../hub/src/platform/blobs.ts'
import type { Clock } from '../../hub/src/platform/clock.ts'
import type { Database } from '../../hub/src/platform/database.ts'
import { localDoorbells } from '../../hub/src/platform/doorbells.ts'
import { silentLog } from '../../hub/src/platform/log.ts'
import { createMetrics } from '../../hub/src/platform/metrics.ts'
import { testSealing } from './sealing.ts'
import { openAsHub, testDatabase, type TestDatabase } from './database.ts'
import { becomeOperator } from './first-operator.ts'
import { initTrust, innerSigner, type TrustKeys } from './trust.ts'

/** A whole hub in the test's own process, with real sockets, files and database, that lives by the clock it is given. */
export interface ComposedHub {
  /** Without TLS, on this machine. */
  readonly url: string
  /** As devices reach it. */
  readonly secure: { readonly url: string; readonly mqtt: string; readonly authority: string }
  readonly plainMqtt: string
  /** For devices without our agent; null unless `SUTLER_DEVICE_HTTP_PORT` is given. */
  readonly deviceUrl: string | null
  /** The same over MQTT; null unless `SUTLER_DEVICE_MQTT_PORT` is given. */
  readonly deviceMqtt: string | null
  readonly connection: ClientOptions
  /** As the first operator. */
  readonly api: SutlerClient
  /** Where it keeps everything but the database; the signer's keys are in `signer/`. */
  readonly dataDirectory: string
  /** Those of its signed metadata; the hub has been given a root. */
  readonly trust: TrustKeys
  readonly database: TestDatabase
  /** Method and path (`/api/v1/orders/:id`) of everything that its web server routes. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  stop(): Promise<void>
}

const plainPorts = { SUTLER_PLAIN_HTTP_PORT: '0', SUTLER_PLAIN_MQTT_PORT: '0' }

interface ComposeOptions {
  clock: Clock
  env?: Readonly<Record<string, string>>
  /** False: only decisions keep tenants apart, not the database. */
  secondWall?: boolean
}

export async function composeHub(options: ComposeOptions): Promise<ComposedHub> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sutler-composed-'))
  const database = await testDatabase({ connections: 10, secondWall: options.secondWall ?? true })
  const hub = await composeOn(options, dataDirectory, database, database.registration)
  const { setupLink, plainUrl, plainMqtt, deviceUrl, deviceMqtt, ...secure } = await hub.start()
  const url = plainUrl!
  const token = await becomeOperator(setupLink!, url)
  // A session would end when the test moves the clock on.
  const key = { name: 'test', roles: ['operator' as const], expiresInSeconds: 366 * 86_400 }
  const made = answer(await createClient({ hub: url, token }).POST('/api/v1/api-keys', { body: key }))
  const connection = { hub: url, token: made.key }
  const api = createClient(connection)
  return {
    url,
    secure,
    plainMqtt: plainMqtt!,
    deviceUrl,
    deviceMqtt,
    dataDirectory,
    connection,
    api,
    trust: await initTrust(api),
    database,
    routes: hub.web.app.routes,
    async stop() {
      await hub.stop()
      await database.close()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** For all tests of one file, at whose top this is called: there from the first test on, stopped after the last. */
export function hubForThisFile(
  options: ComposeOptions,
  prepare: (hub: ComposedHub) => Promise<void> = async () => {},
): ComposedHub {
  const hub = {} as ComposedHub
  let stop: ComposedHub['stop'] | undefined
  beforeAll(async () => {
    Object.assign(hub, await composeHub(options))
    stop = hub.stop
    await prepare(hub)
  })
  afterAll(() => stop?.())
  return hub
}

/** One more hub on the database of another, with files, ports and connections of its own. Stop it before the other. */
export async function composeSecondHub(
  first: ComposedHub,
  options: ComposeOptions,
): Promise<Pick<ComposedHub, 'secure' | 'deviceUrl' | 'stop'>> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sutler-composed-'))
  const opened = openAsHub(first.database.url)
  const hub = await composeOn(options, dataDirectory, opened.database, opened.registrationDatabase)
  const { deviceUrl, ...secure } = await hub.start()
  return {
    secure,
    deviceUrl,
    async stop() {
      await hub.stop()
      await opened.close()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

async function composeOn(
  { clock, env }: ComposeOptions,
  dataDirectory: string,
  database: Database,
  registrationDatabase: Database,
) {
  const ports = { SUTLER_HTTP_PORT: '0', SUTLER_MQTT_PORT: '0', ...plainPorts }
  const config = readConfig({ SUTLER_DATA: dataDirectory, ...ports, ...env }, [])
  return compose({
    config,
    database,
    registrationDatabase,
    sealing: testSealing,
    doorbells: localDoorbells(),
    blobs: await openBlobs({ dataDirectory, exclusive: true, stallDeadline: config.uploadStallDeadline }),
    clock,
    log: silentLog,
    metrics: createMetrics(),
    signer: await innerSigner(clock, join(dataDirectory, 'signer')),
    version: 'test',
    alone: true,
  })
}
