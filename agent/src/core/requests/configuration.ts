import { settingsRefusal } from '@sutler/wire'
import type { Setting, SettingValue } from '@sutler/wire'
import type { AgentSettings } from '../settings.ts'

export type Chosen = Readonly<Record<string, SettingValue>>

interface Declared {
  readonly least: number
  readonly most: number
  readonly in: (settings: AgentSettings) => number
  readonly as: (value: number) => Partial<AgentSettings>
}

const minute = 60_000

/** What the hub may set on this agent, all whole numbers. */
const declared: Readonly<Record<string, Declared>> = {
  'keep-alive-seconds': {
    least: 10,
    most: 600,
    in: ({ keepAliveSeconds }) => keepAliveSeconds,
    as: (keepAliveSeconds) => ({ keepAliveSeconds }),
  },
  'parallel-downloads': { least: 1, most: 16, in: ({ parallel }) => parallel, as: (parallel) => ({ parallel }) },
  // The longest that a timer can wait is 35,791 minutes.
  'verify-minutes': {
    least: 0,
    most: 35_000,
    in: ({ verifyEvery }) => Math.round(verifyEvery / minute),
    as: (value) => ({ verifyEvery: value * minute }),
  },
}

/** The settings in force: those that the agent was started with, and over them what the hub has set. */
export class Configuration {
  /** One object for as long as the agent runs: whoever reads it later reads what is in force then. */
  readonly settings: AgentSettings
  /** Aborted when something has been set: for whoever waits by a setting. */
  private change = new AbortController()

  /** @param chosen what the hub set in earlier starts */
  constructor(given: AgentSettings, chosen: Chosen) {
    this.settings = { ...given }
    this.apply(chosen)
  }

  get changed(): AbortSignal {
    return this.change.signal
  }

  /** For the report. */
  named(): Readonly<Record<string, Setting>> {
    const entries = Object.entries(declared).map(([name, { least, most, in: read }]) => {
      return [name, { value: read(this.settings), least, most }] as const
    })
    return Object.fromEntries(entries)
  }

  /** Why it cannot be set, as a sentence; null when it can. */
  refusal(wanted: Chosen): string | null {
    return settingsRefusal(this.named(), wanted)
  }

  /** Puts settings in force; names and values that this version of the agent does not know are left out. */
  apply(chosen: Chosen): void {
    for (const [name, value] of Object.entries(chosen))
      if (typeof value === 'number' && this.refusal({ [name]: value }) === null)
        Object.assign(this.settings, declared[name]!.as(value))
    const before = this.change
    this.change = new AbortController()
    before.abort()
  }
}
