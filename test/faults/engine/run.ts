import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../../hub/src/platform/database.ts'
import { bundleHub } from './bundle.ts'
import { check, type Findings } from './check.ts'
import { Hubs } from './hubs.ts'
import { Killer } from './killer.ts'
import { Ledger } from './ledger.ts'
import { runLoad, type Load } from './load.ts'
import { prepareLoad } from './prepare.ts'
import { Random } from './random.ts'
import { waiting } from './stored.ts'

export interface Run {
  readonly database: Database
  readonly url: string
  readonly seed: number
  readonly kills: number
  /** Also hubs that are frozen for longer than their leases. */
  readonly thorough: boolean
  readonly killDatabase?: () => Promise<void>
  /** Told now and then how far it is. */
  readonly say?: (line: string) => void
}

export interface Result extends Findings, Load {
  readonly kills: number
  readonly faults: number
  /** Signals whose senders were told that they were taken or will be. */
  readonly accepted: number
  /** Times that a sender had to try again. */
  readonly retries: number
  /** Seconds with faults. */
  readonly seconds: number
  readonly ledger: Ledger
}

/** A killed hub's external tasks are anybody's after 8 s, and may be taken by one that is killed in turn. */
const calmWithin = 120_000

/** Two hubs under load of every kind, killed until it is enough; then what is left in the database is held against it. */
export async function run({ database, url, seed, kills, thorough, killDatabase, say }: Run): Promise<Result> {
  await prepareLoad(database)
  const bundle = await bundleHub()
  const hubs = await Hubs.start({ bundle, url, count: 2 })
  const ledger = new Ledger()
  const random = new Random(seed)
  const killer = new Killer({
    hubs,
    random: random.fork(),
    database,
    kills,
    thorough,
    ...(killDatabase && { killDatabase }),
  })
  const begun = performance.now()
  const report = setInterval(() => {
    say?.(`${killer.kills} kills, ${ledger.accepted} signals accepted, ${ledger.retries} sent again`)
  }, 10_000)
  try {
    const load = await together(
      (going) => runLoad({ hubs, ledger, random: random.fork() }, going),
      (going) => killer.run(going),
    )
    const seconds = (performance.now() - begun) / 1_000
    await calm(database)
    const findings = await check(database, ledger, killer.faults)
    const { accepted, retries } = ledger
    return {
      ...findings,
      ...load,
      kills: killer.kills,
      faults: killer.faults.length,
      accepted,
      retries,
      seconds,
      ledger,
    }
  } finally {
    clearInterval(report)
    await hubs.stop()
    await bundle.remove()
  }
}

/** Both, until the second one ends; when either fails, both end and it is thrown. */
async function together<T>(
  load: (going: () => boolean) => Promise<T>,
  kill: (going: () => boolean) => Promise<void>,
): Promise<T> {
  let over = false
  const end = (): void => {
    over = true
  }
  const going = (): boolean => !over
  const [sent, killed] = await Promise.allSettled([
    load(going).catch((error: unknown) => {
      end()
      throw error
    }),
    kill(going).finally(end),
  ])
  if (killed.status === 'rejected') throw killed.reason
  if (sent.status === 'rejected') throw sent.reason
  return sent.value
}

/** Until nothing waits any more; what still does after a while is a finding. */
async function calm(database: Database): Promise<void> {
  for (let end = performance.now() + calmWithin; performance.now() < end; await pause(100)) {
    if ((await waiting(database)).length === 0) return
  }
}
