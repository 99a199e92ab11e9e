import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../../hub/src/platform/database.ts'
import type { Hub } from './hub.ts'
import type { Hubs } from './hubs.ts'
import type { Random } from './random.ts'

export interface Killing {
  readonly hubs: Hubs
  readonly random: Random
  readonly database: Database
  /** Ends when so many hubs were killed. */
  readonly kills: number
  /** Also what takes longer: hubs frozen for longer than their leases, and the database. */
  readonly thorough: boolean
  /** Kills the database server, where it may be. */
  readonly killDatabase?: () => Promise<void>
}

/** When a hub or the database was killed or frozen, milliseconds since the epoch. */
export interface Fault {
  readonly kind: 'killed' | 'frozen' | 'thawed' | 'sessions' | 'database'
  /** Process id of the hub. */
  readonly hub?: number
  readonly at: number
}

/** Longer than any lease. */
const longFreeze = 11_000

/** Does what may happen to hubs, one thing after the other, at random moments. */
export class Killer {
  readonly faults: Fault[] = []
  kills = 0
  readonly #killing: Killing
  /** A hub that is frozen for longer than its leases, while another one works in its place. */
  #frozen: Promise<void> | null = null

  constructor(killing: Killing) {
    this.#killing = killing
  }

  async run(going: () => boolean): Promise<void> {
    const { random, kills, thorough, killDatabase } = this.#killing
    const everyDatabase = killDatabase && thorough ? Math.max(50, Math.floor(kills / 6)) : Infinity
    for (let round = 1; this.kills < kills && going(); round++) {
      await pause(random.chance(0.2) ? random.whole(0, 20) : random.whole(20, 260))
      if (round % everyDatabase === 0) await this.#killDatabase(killDatabase!)
      else await this.#any()
    }
    await this.#frozen
  }

  async #any(): Promise<void> {
    const { random, thorough } = this.#killing
    const kind = random.next()
    if (kind < 0.08) await this.#killAll()
    else if (kind < 0.14) await this.#endSessions()
    else if (kind < 0.2) await this.#freezeShortly()
    else if (kind < 0.21 && thorough && !this.#frozen) this.#frozen = this.#freezeLong()
    else await this.#killOne()
  }

  async #killOne(): Promise<void> {
    const hub = this.#killing.hubs.any(this.#killing.random)
    if (hub) await this.#kill(hub)
  }

  async #killAll(): Promise<void> {
    await Promise.all([...this.#killing.hubs.working].map((hub) => this.#kill(hub)))
  }

  async #kill(hub: Hub): Promise<void> {
    this.kills++
    this.#note('killed', hub)
    await this.#killing.hubs.replace(hub)
  }

  /** As a failover or an administrator does: sessions of the hubs are ended, in the middle of whatever they do. */
  async #endSessions(): Promise<void> {
    const { database, random } = this.#killing
    const ended = database.sql`
      select pg_terminate_backend(pid) from (
        select pid from pg_stat_activity
        where datname = current_database() and application_name = 'sutler' and pid <> pg_backend_pid()
        order by md5(pid::text || ${String(random.next())}) limit ${random.whole(1, 4)}::int) some`
    this.#note('sessions')
    await ended.catch(() => {})
  }

  async #freezeShortly(): Promise<void> {
    const { hubs, random } = this.#killing
    const hub = hubs.any(random)
    if (!hub) return
    hub.freeze()
    await pause(random.whole(10, 400))
    if (random.chance(0.5)) hub.thaw()
    else await this.#kill(hub)
  }

  async #freezeLong(): Promise<void> {
    const { hubs, random } = this.#killing
    const hub = hubs.any(random)
    if (!hub) return
    hubs.retire(hub)
    hub.freeze()
    this.#note('frozen', hub)
    await Promise.all([hubs.add(), pause(longFreeze)])
    hub.thaw()
    this.#note('thawed', hub)
    // What it still has to say it says in this time.
    await pause(random.whole(50, 1_000))
    this.kills++
    hub.kill()
    await hub.ended
    this.#frozen = null
  }

  async #killDatabase(kill: () => Promise<void>): Promise<void> {
    this.#note('database')
    await kill()
  }

  #note(kind: Fault['kind'], hub?: Hub): void {
    this.faults.push({ kind, at: Date.now(), ...(hub && { hub: hub.pid }) })
  }
}
