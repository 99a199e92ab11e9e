import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createClient, type ClientOptions, type SutlerClient } from '@sutler/client'
import { becomeOperator } from './first-operator.ts'
import { writeSealingKey } from './sealing.ts'

import { initTrust, type TrustKeys } from './trust.ts'

const root = new URL('../../', import.meta.url).pathname
const startDeadline = 60_000
/** Lines of what a hub prints. */
const outputKept = 20_000

/** A hub in a process of its own, as an operator runs it. */
export interface HubProcess {
  /** Without TLS, on this machine. */
  readonly url: string
  readonly plainMqtt: string
  /** As devices reach it. */
  readonly secure: Secure
  readonly data: string
  /** Logged in as the first operator. */
  readonly connection: ClientOptions
  readonly api: SutlerClient
  /** Those of its signed metadata: the hub has been given a root; null where it was to come up without. */
  readonly trust: TrustKeys | null
  readonly pid: number
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again on the same data and ports, from now on with these settings, too. */
  restart(more?: Readonly<Record<string, string>>): Promise<void>
  /** Stops it politely and removes its data. */
  stop(): Promise<void>
  /** Everything it printed. */
  output(): string
}

export interface Secure {
  readonly url: string
  readonly mqtt: string
  /** File with the certificates of its authority. */
  readonly ca: string
}

export interface HubProcessOptions {
  /** Absent = the embedded PostgreSQL. */
  readonly databaseUrl?: string
  readonly env?: Readonly<Record<string, string>>
  /** Leaves it without a root of trust: devices cannot enrol, nothing can be released. */
  readonly withoutTrust?: boolean
}

/** Starts a hub on free ports and logs in. The caller stops it. */
export async function startHub(options: HubProcessOptions = {}): Promise<HubProcess> {
  const data = await mkdtemp(join(tmpdir(), 'sutler-hub-'))
  const env: Record<string, string> = {
    SUTLER_DATA: data,
    SUTLER_HTTP_PORT: '0',
    SUTLER_MQTT_PORT: '0',
    SUTLER_PLAIN_HTTP_PORT: '0',
    SUTLER_PLAIN_MQTT_PORT: '0',
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    ...options.env,
  }
  await writeSealingKey(data)
  const stop = async (launched?: Launched): Promise<void> => {
    if (launched !== undefined) await end(launched.child, 'SIGTERM')
    await rm(data, { recursive: true, force: true })
  }
  let running = await launch(env).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  env['SUTLER_HTTP_PORT'] = new URL(running.secure.url).port
  env['SUTLER_MQTT_PORT'] = new URL(running.secure.mqtt).port
  env['SUTLER_PLAIN_HTTP_PORT'] = new URL(running.url).port
  env['SUTLER_PLAIN_MQTT_PORT'] = new URL(running.plainMqtt).port
  const link = (await readFile(join(data, 'setup-link'), 'utf8')).trim()
  const token = await becomeOperator(link, running.url).catch(async (error: unknown) => {
    await stop(running)
    throw error
  })
  const connection = { hub: running.url, token }
  const api = createClient(connection)
  const trust = options.withoutTrust
    ? null
    : await trustOf(api, options.databaseUrl).catch(async (error: unknown) => {
        await stop(running)
        throw error
      })
  return {
    url: running.url,
    plainMqtt: running.plainMqtt,
    secure: running.secure,
    data,
    connection,
    api,
    trust,
    get pid() {
      return running.child.pid!
    },
    kill: () => end(running.child, 'SIGKILL'),
    async restart(more) {
      Object.assign(env, more)
      running = await launch(env)
    },
    stop: () => stop(running),
    output: () => running.output.join('\n'),
  }
}

/** Hubs over one database have one repository, and one set of keys. */
const keysOf = new Map<string, TrustKeys>()

async function trustOf(api: SutlerClient, databaseUrl = ''): Promise<TrustKeys> {
  const known = keysOf.get(databaseUrl)
  if (known && databaseUrl !== '') return known
  const keys = await initTrust(api)
  keysOf.set(databaseUrl, keys)
  return keys
}

interface Launched {
  readonly child: ChildProcess
  readonly url: string
  readonly plainMqtt: string
  readonly secure: Secure
  readonly output: string[]
}

/** Runs `hub/src/main.ts` and waits until it says that it is up. @throws Error with what it printed when it ends instead */
export function launch(env: Readonly<Record<string, string>>): Promise<Launched> {
  const child = spawn(process.execPath, [join(root, 'hub/src/main.ts')], {
    env: { ...withoutSettings(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`the hub did not come up in time:\n${output.join('\n')}`))
    }, startDeadline)
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        output.push(line)
        if (output.length > outputKept) output.shift()
        if (!line.includes('the hub is up')) return
        clearTimeout(timer)
        const up = JSON.parse(line) as Secure & { plainUrl: string; plainMqtt: string }
        resolve({ child, url: up.plainUrl, plainMqtt: up.plainMqtt, secure: up, output })
      })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      reject(new Error(`the hub ended (${signal ?? `status ${code}`}):\n${output.join('\n')}`))
    })
  })
}

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('SUTLER_') && name !== 'DATABASE_URL'),
  )
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill(signal)
  await ended
}
