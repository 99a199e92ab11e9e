import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runAgent } from '../src/core/agent.ts'
import { AgentError } from '../src/core/errors.ts'
import type { AgentPlatform } from '../src/core/platform.ts'
import type { AgentSettings } from '../src/core/settings.ts'
import { nodePlatform } from '../src/platform/node/index.ts'
import type { HubDouble } from './hub-double.ts'

/** Waits of milliseconds, so that tests of retries are quick. */
export const quick: Partial<AgentSettings> = {
  reconnect: { first: 2, most: 20 },
  retry: { first: 2, most: 20 },
  journalRetry: 5,
  idle: 2000,
  reserve: 0,
}

export interface LogLine {
  readonly level: 'info' | 'warn'
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface RunningAgent {
  readonly log: readonly LogLine[]
  /** How this boot ended. */
  readonly ended: Promise<'restart' | 'stopped'>
  stop(): Promise<void>
}

export interface StartOptions {
  readonly settings?: Partial<AgentSettings>
  readonly platform?: (real: AgentPlatform) => AgentPlatform
  readonly claim?: string | null
  readonly trustRoot?: string | null
  readonly filesOverMqtt?: boolean
}

/** One boot of an agent in a directory. */
export function startAgent(
  hub: Pick<HubDouble, 'url' | 'claim'>,
  directory: string,
  options: StartOptions = {},
): RunningAgent {
  const log: LogLine[] = []
  const real = nodePlatform(directory, { jsonLog: false })
  const quiet: AgentPlatform = {
    ...real,
    log: {
      info: (message, fields = {}) => void log.push({ level: 'info', message, fields }),
      warn: (message, fields = {}) => void log.push({ level: 'warn', message, fields }),
    },
  }
  const stop = new AbortController()
  const ended = runAgent(
    {
      platform: options.platform ? options.platform(quiet) : quiet,
      settings: { ...quick, ...options.settings },
      hub: hub.url,
      authority: null,
      trustRoot: options.trustRoot ?? null,
      claim: options.claim === undefined ? hub.claim() : options.claim,
      serial: null,
      profile: { class: 'set-top-box', model: 'test', timeZone: 'Europe/Berlin', metered: null },
      ...(options.filesOverMqtt && { filesOverMqtt: true }),
      software: 'sutler-agent test',
    },
    stop.signal,
  )
  ended.catch(() => undefined)
  return {
    log,
    ended,
    stop: async () => {
      stop.abort(new AgentError('stopped', 'the test stops the agent'))
      await ended.catch(() => undefined)
    },
  }
}

/** The same, as soon as the hub has its hello. */
export async function bootAgent(hub: HubDouble, directory: string, options: StartOptions = {}): Promise<RunningAgent> {
  const hellos = (): number => hub.received.filter(({ t }) => t === 'hello').length
  const before = hellos()
  const agent = startAgent(hub, directory, options)
  await hub.when(() => hellos() > before, 'a hello')
  return agent
}

export function makeDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'sutler-agent-'))
}

/** A directory in memory where there is such a thing: for tests of many syncs whose effect is simulated anyway. */
export function makeQuickDirectory(): string {
  return existsSync('/dev/shm') ? mkdtempSync('/dev/shm/sutler-agent-') : makeDirectory()
}

export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true })
}

/** What a service's users see: path → content under `current`; null when the service is not there. */
export function inUse(directory: string, service = 'tv-guide'): Record<string, string> | null {
  const root = join(directory, 'services', service, 'current')
  if (!statSync(root, { throwIfNoEntry: false })) return null
  const files: Record<string, string> = {}
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files[path.slice(root.length + 1)] = readFileSync(path, 'utf8')
  }
  return files
}

/** Everything below the directory, for the proof that nothing is left over; what vanishes meanwhile is left out. */
export function everything(directory: string, below = ''): string[] {
  const entries = existsSync(join(directory, below)) ? readdirSync(join(directory, below), { withFileTypes: true }) : []
  return entries.flatMap((entry) => {
    const path = join(below, entry.name)
    return entry.isDirectory() ? [path, ...everything(directory, path)] : [path]
  })
}
