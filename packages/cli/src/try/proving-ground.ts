import { randomBytes } from 'node:crypto'
import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answer, createClient, type SutlerClient } from '@sutler/client'
import { trustingFetch } from '@sutler/client/node'
import { signFile } from '@sutler/trust'
import { generateKeyPair, type KeyPair } from '@sutler/trust/node'
import type { ServiceSource } from '../service-source.ts'
import { delegated } from '../trust/delegation.ts'
import { releaseVersion } from '../publish-service.ts'
import { newestMetadata, sendMetadata } from '../trust/hub-metadata.ts'
import { initialiseTrust } from '../trust/initial.ts'
import { agentProgram, impossible, pause, reported, startAgents, startDeadline, type TriedDevice } from './agents.ts'
import { runProgram, type RunningProgram } from './process.ts'
import { publishNumbered, tryByOrder, type Following, type TrialOutcome } from './trial.ts'

/** A hub with simulated devices, which are gone afterwards. */
export interface ProvingGround {
  /** By id. */
  readonly devices: ReadonlyMap<string, TriedDevice>
  readonly directory: string
  readonly url: string
  /** Starts a device of each class that there is none of yet, and waits until it has said what it is. */
  join(classes: readonly string[]): Promise<void>
  /** Makes a version available here, under a number of its own where it has to be. @param attempt from 1 */
  publish(source: ServiceSource, attempt: number): Promise<ServiceSource>
  /**
   * Gives a version to the devices here and follows it until each has proved it, or has not. @param again they had one before
   * @throws ApiError when that cannot be: no component fits, or something that it requires is not there
   */
  try(published: ServiceSource, again: boolean, following: Following): Promise<TrialOutcome>
  /** Stops everything and leaves nothing behind. Does no harm when repeated. */
  clear(): Promise<void>
}

const hubProgram = fileURLToPath(new URL('../../../../hub/src/main.ts', import.meta.url))

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
    devices,
    directory,
    url,
    clear,
    async publish(source, attempt) {
      const named = await publishNumbered(api, source, developer, attempt === 1 ? null : `try.${attempt}`)
      await releaseVersion(api, named.id, named.composition.version)
      return named
    },
    try: (published, again, following) => tryByOrder({ api, household, devices }, published, again, following),
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
  // Told by the race; once the program has said it, the time is nobody's concern.
  late.catch(() => {})
  const failed = program.failed.catch((cause: unknown) => {
    throw impossible(`${name} did not start: ${(cause as Error).message}`, program.tail.slice(-3).join(' '), cause)
  })
  return Promise.race([found, failed, late])
}
