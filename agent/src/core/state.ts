import type { SettingValue } from '@sutler/wire'
import type { Changes, Journal } from './journal.ts'

/** Where a component's install stands. Written down before the act it names is done. */
export type Phase =
  /** Bringing files into the version's directory, which nothing uses yet. */
  | 'staging'
  /** `current` may point to the old or the new version. */
  | 'switching'
  /** The new version is current; the device must start again before it counts. */
  | 'restarting'
  | 'checking'
  /** The check failed: `current` may point to either. */
  | 'reverting'
  /** The old version is current again; the device must start again. */
  | 'reverted'
  /** Nothing to install: the version is in place and its proof is asked for again. */
  | 'proving'

export interface InstallJob {
  readonly kind: 'install'
  readonly delivery: string
  readonly epoch: number
  readonly service: string
  readonly version: string
  readonly component: string
  readonly manifest: { readonly digest: string; readonly size: number }
  /** Bytes of all files. */
  readonly bytes: number
  readonly link: { readonly base: string; readonly query: string; readonly expires: number }
  /** Name of the version's directory. */
  readonly directory: string
  readonly phase: Phase
  /** Directory that was current before, or null. */
  readonly previous: string | null
  /** The boot in which a restart was asked for. */
  readonly boot: string
  /** How often the check was begun: a check that takes the device down must not do so for ever. */
  readonly checks: number
  readonly failure: { readonly code: string; readonly detail: string } | null
}

export interface RemoveJob {
  readonly kind: 'remove'
  readonly delivery: string
  readonly epoch: number
  readonly service: string
  /** Name under `trash/`. */
  readonly directory: string
  /** The files stay; absent = false. */
  readonly keep?: boolean
}

export type Job = InstallJob | RemoveJob

/** A component in place. */
export interface Installed {
  readonly service: string
  readonly version: string
  readonly component: string
  /** Hex. */
  readonly manifest: string
  readonly epoch: number
  readonly delivery: string
  readonly directory: string
}

/** The typed view of the journal. A service has at most one job in hand and one that waits for it to end. */
export interface AgentState {
  jobs(): Job[]
  job(service: string): Job | null
  waiting(service: string): Job | null
  installed(): Installed[]
  installedOf(service: string): Installed | null
  /** Out of use, but with its files in place. */
  kept(): Installed[]
  keptOf(service: string): Installed | null
  /** The protocol session as wire saved it, base64. */
  session(): string | null
  /** Fingerprint of the capabilities the hub has acknowledged. */
  reported(): string | null
  /** For directory names: grows with each job. */
  counter(): number
  /** Restarts that the hub has asked for, by the message's id: the start in which it came. */
  restarts(): Readonly<Record<string, string>>
  /** Settings that the hub has chosen. */
  chosen(): Readonly<Record<string, SettingValue>>
}

export function stateOf(journal: Journal): AgentState {
  const all = <T>(prefix: string): T[] => journal.keys(prefix).map((key) => journal.get(key) as T)
  return {
    jobs: () => all<Job>('job/'),
    job: (service) => (journal.get(`job/${service}`) ?? null) as Job | null,
    waiting: (service) => (journal.get(`waiting/${service}`) ?? null) as Job | null,
    installed: () => all<Installed>('installed/'),
    kept: () => all<Installed>('kept/'),
    keptOf: (service) => (journal.get(`kept/${service}`) ?? null) as Installed | null,
    installedOf: (service) => (journal.get(`installed/${service}`) ?? null) as Installed | null,
    session: () => (journal.get('session') ?? null) as string | null,
    reported: () => (journal.get('reported') ?? null) as string | null,
    counter: () => (journal.get('counter') ?? 0) as number,
    restarts: () => (journal.get('restarts') ?? {}) as Record<string, string>,
    chosen: () => (journal.get('chosen') ?? {}) as Record<string, SettingValue>,
  }
}

/** Puts a job in a service's hand. */
export function jobChange(job: Job): Changes {
  return { [`job/${job.service}`]: job }
}

/** Ends the job in hand; the one that waits for it takes its place. */
export function jobEnded(state: AgentState, service: string): Changes {
  return { [`job/${service}`]: state.waiting(service), [`waiting/${service}`]: null }
}
