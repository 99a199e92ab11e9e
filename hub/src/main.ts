import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compose, type Hub, type Started } from './compose.ts'
import { configOfProcess, serviceManagerOfProcess, type Config } from './config.ts'
import { openBlobs } from './platform/blobs.ts'
import { systemClock as clock } from './platform/clock.ts'
import { CallerError, OutsideError } from './platform/errors.ts'
import { Lifecycle } from './platform/lifecycle.ts'
import { createLog, type Log } from './platform/log.ts'
import { createMetrics } from './platform/metrics.ts'
import { EmbeddedPostgres } from './platform/postgres/embedded-postgres.ts'
import { SignerClient } from './signer/client.ts'
import { childLine, socketLine } from './signer/lines.ts'
import { localDoorbells } from './platform/doorbells.ts'
import { createSealing } from './platform/sealing.ts'
import { sealingKey } from './platform/sealing-key.ts'
import { serviceManager, type ServiceManager } from './platform/service-manager.ts'
import { sharedDoorbells } from './platform/shared-doorbells.ts'
import { refuseUnfinishedRestore } from './platform/unfinished-restore.ts'
import { openDatabases } from './platform/walls/open-databases.ts'
import { prepareDatabase } from './platform/walls/prepare-database.ts'

/** `npm start`: reads the settings, starts what the hub stands on, composes it, and stops it all when told to. */

const readable = process.stdout.isTTY === true
/** Every part but the database has so long to start, milliseconds. */
const startDeadline = 60_000

async function start(config: Config, log: Log, parts: Lifecycle, manager: ServiceManager): Promise<void> {
  await mkdir(config.dataDirectory, { recursive: true, mode: 0o700 })
  await refuseUnfinishedRestore(config.dataDirectory)
  const key = await sealingKey(config.sealingKeyFile ?? join(config.dataDirectory, 'sealing.key'))
  const url = config.databaseUrl ?? (await startPostgres(config, log, parts))
  const { applied, urls } = await prepareDatabase(url, key, config.statementTimeout)
  if (applied.length > 0) log.info({ applied }, 'the database was brought up to date')
  const databases = await parts.start(
    'database',
    startDeadline,
    async () =>
      openDatabases(urls, { connections: config.databaseConnections, statementTimeout: config.statementTimeout }),
    (opened) => opened.close(),
  )
  // The embedded database lets one hub in: then nobody else uses the data directory either, or rings.
  const alone = config.databaseUrl === null
  const doorbells = await parts.start(
    'doorbells',
    startDeadline,
    async () =>
      alone ? { ...localDoorbells(), close: async () => {} } : sharedDoorbells({ databaseUrl: urls.hub, clock, log }),
    (opened) => opened.close(),
  )
  const { dataDirectory, uploadStallDeadline: stallDeadline } = config
  const blobs = await openBlobs({ dataDirectory, exclusive: alone, stallDeadline })
  const metrics = createMetrics()
  const sealing = createSealing(key)
  const signer = await parts.start(
    'signer',
    startDeadline,
    async () => openSigner(config, log),
    async (opened) => opened.close(),
  )
  const world = { ...databases, sealing, doorbells, blobs, clock, log, metrics, signer }
  const hub = compose({ config, ...world, version: await version(), alone })
  let started: Started | undefined
  await parts.start(
    'hub',
    startDeadline,
    async () => {
      started = await hub.start()
    },
    () => hub.stop(),
  )
  await welcome(config, log, hub, started!)
  manager.ready(`up: ${started!.url} and ${started!.mqtt}`)
}

async function startPostgres(config: Config, log: Log, parts: Lifecycle): Promise<string> {
  const { dataDirectory, databaseStartDeadline, stopDeadline } = config
  const options = { dataDirectory, log, clock, startDeadline: databaseStartDeadline, stopDeadline }
  const server = await parts.start(
    'embedded PostgreSQL',
    databaseStartDeadline + startDeadline,
    () => EmbeddedPostgres.start(options),
    (running) => running.stop(),
  )
  return server.url
}

/** Its own process: a child of this one, unless the settings name one that runs by itself. It comes up beside the rest. */
function openSigner({ dataDirectory, signerSocket }: Config, log: Log): SignerClient {
  const open = () => (signerSocket === null ? childLine(join(dataDirectory, 'signer')) : socketLine(signerSocket))
  const client = new SignerClient({ open, clock, log })
  client.open()
  return client
}

/** For tools on this machine: with this file they recognise the hub. */
const authorityFile = 'ca.pem'

async function welcome(config: Config, log: Log, hub: Hub, started: Started): Promise<void> {
  const { url, mqtt, plainUrl, plainMqtt, devicePage, authority, setupLink } = started
  const file = join(config.dataDirectory, 'setup-link')
  const remove = (): Promise<void> => rm(file, { force: true })
  if (setupLink === null) await remove()
  else {
    hub.onFirstOperator(() => {
      remove().catch((error: unknown) => log.warn({ err: error, file }, 'the used setup link could not be removed'))
    })
    await rm(file, { force: true })
    await writeFile(file, `${setupLink}\n`, { mode: 0o600 })
    log.info(
      { setup: setupLink, file },
      'there is no operator yet: open this link, once and within 24 h, to become one',
    )
    if (readable) console.log(`\n  Become the first operator: ${setupLink}\n`)
  }
  const ca = join(config.dataDirectory, authorityFile)
  await writeFile(ca, authority, { mode: 0o644 })
  const plain = { ...(plainUrl && { plainUrl }), ...(plainMqtt && { plainMqtt }) }
  const browsers = devicePage && { devicePage: devicePage.url, apps: devicePage.apps }
  log.info({ url, mqtt, ...plain, ...browsers, ca, docs: `${url}/docs` }, 'the hub is up')
}

async function version(): Promise<string> {
  const document: unknown = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  return (document as { version: string }).version
}

/** What went wrong and what to do, without a stack: for mistakes and outside failures. Null for bugs. */
function explain(error: unknown): string | null {
  if (!(error instanceof CallerError || error instanceof OutsideError)) return null
  const { title, remedy } = error.entry
  return `sutler: ${title}.\n  ${error.message.replaceAll('\n', '\n  ')}\n  ${remedy} [${error.code}]`
}

/** Starts the hub and stops it at SIGINT or SIGTERM. @returns the exit status, once it has ended */
async function main(): Promise<number> {
  let log: Log = createLog('info', readable)
  let parts: Lifecycle | undefined
  try {
    const config = configOfProcess()
    log = createLog(config.logLevel, readable)
    parts = new Lifecycle(log, config.stopDeadline)
    const stopWanted = signalled()
    const manager = serviceManager({ ...serviceManagerOfProcess(), clock, log })
    await Promise.race([start(config, log, parts, manager), stopWanted])
    log.info({ signal: await stopWanted }, 'the hub stops')
    await manager.stopping()
    await parts.stop()
    return 0
  } catch (error) {
    const explained = explain(error)
    if (explained === null) log.error({ err: error }, 'the hub could not start')
    else console.error(explained)
    await parts?.stop()
    return 1
  }
}

function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve(signal))
  })
}

process.exit(await main())
