import { randomBytes } from 'node:crypto'
import { access, chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answer, createClient, type SutlerClient } from '@sutler/client'
import { trustingFetch } from '@sutler/client/node'
import { signFile } from '@sutler/trust'
import { generateKeyPair, type KeyPair } from '@sutler/trust/node'
import { CommandError } from '../command-error.ts'
import { delegated } from '../trust/delegation.ts'
import { newestMetadata, sendMetadata } from '../trust/hub-metadata.ts'
import { initialiseTrust } from '../trust/initial.ts'
import { runProgram, type RunningProgram } from './process.ts'

/** A hub of its own with simulated devices, which is gone afterwards. */
export interface ProvingGround {
  readonly api: SutlerClient
  /** Of a developer who may sign every service here. */
  readonly developer: KeyPair
  readonly household: string
  /** By id. */
  readonly devices: ReadonlyMap<string, TriedDevice>
  readonly directory: string
  readonly url: string
  /** Starts a device of each class that there is none of yet, and waits until it has said what it is. */
  join(classes: readonly string[]): Promise<void>
  /** Stops everything and leaves nothing behind. Does no harm when repeated. */
  clear(): Promise<void>
}

export interface TriedDevice {
  readonly class: string
  /** Where its agent keeps everything. */
  readonly directory: string
  readonly agent: RunningProgram
}

/** Nothing here may take longer, milliseconds. */
const startDeadline = 90_000
const lookEvery = 150

const hubProgram = fileURLToPath(new URL('../../../../hub/src/main.ts', import.meta.url))
const agentProgram = fileURLToPath(new URL('../../../../agent/src/main.ts', import.meta.url))

/**
 * Starts a hub on its embedded default with keys, a developer and a household.
 * @param stop ends it all: what had begun is cleared away
 * @throws CommandError `try-impossible`
 */
export async function openProvingGround(stop: AbortSignal): Promise<ProvingGround> {
  for (const program of [hubProgram, agentProgram])
    await access(program).catch((cause: unknown) => {
      throw impossible(
        `${program} is not there`,
        'Run sutler from a whole installation: hub and agent come with it.',
        cause,
      )
    })
  const directory = await mkdtemp(join(tmpdir(), 'sutler-try-'))
  // Started as root, PostgreSQL runs as somebody else, who must be able to pass through to the hub's directory.
  await chmod(directory, 0o711)
  const running: RunningProgram[] = []
  let cleared: Promise<void> | null = null
  const clear = (): Promise<void> =>
    (cleared ??= (async () => {
      // The hub last: devices say good-bye to it.
      await Promise.all(running.slice(1).map((program) => program.stop()))
      await running[0]?.stop()
      await rm(directory, { recursive: true, force: true })
    })())
  try {
    return await begin(directory, running, clear, stop)
  } catch (error) {
    await clear()
    throw error
  }
}

async function begin(
  directory: string,
  running: RunningProgram[],
  clear: () => Promise<void>,
  stop: AbortSignal,
): Promise<ProvingGround> {
  const data = join(directory, 'hub')
  const env = { SUTLER_DATA: data, SUTLER_HTTP_PORT: '0', SUTLER_MQTT_PORT: '0', SUTLER_LOG_LEVEL: 'info' }
  const hub = runProgram([hubProgram], env)
  running.push(hub)
  const up = await told(hub, 'the hub', stop, (line) => (line['msg'] === 'the hub is up' ? line : null))
  const url = String(up['url'])
  const fetch = trustingFetch(await readFile(String(up['ca']), 'utf8'))
  const api = await operatorOf(url, fetch, join(data, 'setup-link'))
  const developer = await beginTrust(api)
  const home = { name: 'try', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC' }
  const { id: household } = answer(await api.POST('/api/v1/households', { body: home }))
  const devices = new Map<string, TriedDevice>()
  return {
    api,
    developer,
    household,
    devices,
    directory,
    url,
    clear,
    async join(classes) {
      const known = new Set([...devices.values()].map((device) => device.class))
      const wanted = [...new Set(classes)].filter((name) => !known.has(name))
      if (wanted.length === 0) return
      const agents = await startAgents({ api, url, directory, household }, running, wanted)
      for (const [id, device] of await reported(api, household, agents, stop)) devices.set(id, device)
    },
  }
}

async function operatorOf(
  url: string,
  fetch: ReturnType<typeof trustingFetch>,
  linkFile: string,
): Promise<SutlerClient> {
  const link = new URL((await readFile(linkFile, 'utf8')).trim())
  const body = {
    token: link.hash.slice(1).split('.')[0]!,
    name: 'try',
    password: randomBytes(18).toString('base64url'),
  }
  const { token } = answer(await createClient({ hub: url, fetch }).POST('/api/v1/setup', { body }))
  return createClient({ hub: url, fetch, token })
}

/** Throw-away keys: one program holds them all. */
async function beginTrust(api: SutlerClient): Promise<KeyPair> {
  const [root, targets, developer] = await Promise.all([0, 1, 2].map(() => generateKeyPair('ed25519')))
  const keys = { rootKeys: [root!.key], threshold: 1, targetsKeys: [targets!.key], signers: [root!, targets!] }
  await initialiseTrust(api, keys)
  const who = { name: 'try', keys: [developer!.key], threshold: 1, services: ['*'] }
  const next = delegated((await newestMetadata(api, 'targets'))!, who)
  await sendMetadata(api, { targets: await signFile(next, [targets!.signer]) })
  return developer!
}

interface Place {
  readonly api: SutlerClient
  readonly url: string
  readonly directory: string
  readonly household: string
}

async function startAgents(
  { api, url, directory, household }: Place,
  running: RunningProgram[],
  classes: readonly string[],
): Promise<Map<string, TriedDevice>> {
  const body = { household, uses: classes.length }
  const { claim } = answer(await api.POST('/api/v1/claims', { body }))
  const agents = new Map<string, TriedDevice>()
  for (const name of classes) {
    const own = join(directory, name)
    await mkdir(own, { recursive: true })
    const to = ['--hub', url, '--claim', claim, '--dir', own]
    const as = ['--class', name, '--serial', `try-${name}`, '--restart', 'exit', '--json-log']
    const agent = runProgram([agentProgram, ...to, ...as])
    running.push(agent)
    agents.set(name, { class: name, directory: own, agent })
  }
  return agents
}

/** Waits until the hub has heard of each of these devices what it is. */
async function reported(
  api: SutlerClient,
  household: string,
  agents: ReadonlyMap<string, TriedDevice>,
  stop: AbortSignal,
): Promise<[string, TriedDevice][]> {
  const query = { household, limit: 200 }
  const end = performance.now() + startDeadline
  const dead = Promise.race(
    [...agents.values()].map(({ agent, class: name }) =>
      agent.failed.catch((cause: unknown) => {
        throw impossible(
          `the ${name} did not start: ${(cause as Error).message}`,
          agent.tail.slice(-3).join(' '),
          cause,
        )
      }),
    ),
  )
  dead.catch(() => {})
  for (;;) {
    const { items } = answer(await api.GET('/api/v1/devices', { params: { query } }))
    const here = items.filter((device) => agents.has(device.class) && device.reachable && device.capabilities !== null)
    if (here.length === agents.size) return here.map((device) => [device.id, agents.get(device.class)!])
    if (performance.now() > end)
      throw impossible('the simulated devices did not come up in time', 'Try again when the machine is less busy.')
    await Promise.race([dead, pause(lookEvery, stop)])
  }
}

/** The first line of a program that is what is wanted. */
async function told<T>(
  program: RunningProgram,
  name: string,
  stop: AbortSignal,
  wanted: (line: Readonly<Record<string, unknown>>) => T | null,
): Promise<T> {
  const found = new Promise<T>((resolve) =>
    program.onLine((line) => {
      const value = wanted(line)
      if (value !== null) resolve(value)
    }),
  )
  const late = pause(startDeadline, stop).then(() => {
    throw impossible(`${name} did not come up in time`, program.tail.slice(-3).join(' '))
  })
  late.catch(() => {})
  const failed = program.failed.catch((cause: unknown) => {
    throw impossible(`${name} did not start: ${(cause as Error).message}`, program.tail.slice(-3).join(' '), cause)
  })
  return Promise.race([found, failed, late])
}

/** @throws the signal's reason when it is stopped */
export function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    stop.throwIfAborted()
    const cut = (): void => {
      clearTimeout(timer)
      reject(stop.reason as Error)
    }
    const timer = setTimeout(() => {
      stop.removeEventListener('abort', cut)
      resolve()
    }, milliseconds)
    stop.addEventListener('abort', cut, { once: true })
  })
}

function impossible(message: string, remedy: string, cause?: unknown): CommandError {
  return new CommandError('try-impossible', message, remedy || 'Run it again.', cause)
}
