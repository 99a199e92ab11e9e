import { actAsHub } from '../../../../platform/acting.ts'
import type { Milliseconds } from '../../../../platform/clock.ts'
import { OutsideError } from '../../../../platform/errors.ts'
import { repeat } from '../../../../platform/repeat.ts'
import { expireApprovals } from './approvals.ts'
import { carryOut } from './carry-out.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import { followEvents, passOver } from './follow-events.ts'
import { goThrough } from './go-through.ts'
import { refreshDue, runDue } from './run-due.ts'

/** A transaction that is still running can hold back events already committed; they appear by this poll. */
const pollEvents = 250
const pollWork = 1_000
const day = 86_400_000
/** Firings are kept so long: what they did, and what merely did not hold. */
const kept = { held: 90 * day, passed: 7 * day }

export interface PolicyWorker {
  start(): void
  stop(): Promise<void>
}

/** Follows events, does what is due, goes through fleets, and carries out what fired. Any hub may stop at any time. */
export function policyWorker(deps: PoliciesDependencies): PolicyWorker {
  // As long as no policy listens to events, their bell is passed over.
  let listened = true
  let limit: number | undefined
  const follow = async (): Promise<boolean> => {
    try {
      const followed = await followEvents(deps, limit)
      listened = followed.listened
      limit = undefined
      return followed.more
    } catch (error) {
      if (error instanceof OutsideError) throw error
      // One of them is broken: they are taken one by one, and that one is left out.
      if (limit === 1) await passOver(deps, error)
      limit = limit === 1 ? undefined : 1
      return true
    }
  }
  const work = { bell: 'policies', every: pollWork, heeds: () => true } as const
  const loops = [
    turning(deps, {
      bell: 'events',
      every: pollEvents,
      heeds: () => listened,
      what: 'follow events for policies',
      turn: follow,
    }),
    turning(deps, { ...work, what: 'do what is due of policies', turn: () => runDue(deps) }),
    turning(deps, { ...work, what: 'go through what a policy is about', turn: () => goThrough(deps) }),
    turning(deps, { ...work, what: 'carry out what policies want', turn: () => carryOut(deps) }),
    turning(deps, { ...work, what: 'end approvals that nobody gave', turn: () => expireApprovals(deps) }),
  ]
  let stopHousekeeping: (() => void)[] = []
  return {
    start() {
      for (const loop of loops) loop.start()
      const { clock, log } = deps
      stopHousekeeping = [
        repeat({ clock, log, every: 60_000, what: 'forget old firings of policies', work: () => prune(deps) }),
        repeat({
          clock,
          log,
          every: 3_600_000,
          what: 'see in which time zones devices are',
          work: () => refreshDue(deps),
        }),
      ]
    },
    async stop() {
      for (const stop of stopHousekeeping) stop()
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

async function prune({ database, storage, clock }: PoliciesDependencies): Promise<void> {
  const now = clock.now()
  await storage.firings.prune(database.sql, new Date(now - kept.held), new Date(now - kept.passed), 5_000)
}

interface Turning {
  readonly bell: 'events' | 'policies'
  readonly every: Milliseconds
  /** Whether a ring is heeded; polls always are. */
  readonly heeds: () => boolean
  /** For the log, as in “could not <what>”. */
  readonly what: string
  /** Resolves to whether there may be more at once. */
  readonly turn: () => Promise<boolean>
}

/** Turns as long as there is something to do; then at the next ring or poll. */
function turning({ clock, log, doorbells }: PoliciesDependencies, { bell, every, heeds, what, turn }: Turning) {
  // An object: it changes while loops wait.
  const state = { running: false, again: false }
  let turned: Promise<void> | null = null
  let cancelPoll = (): void => {}
  let stopListening = (): void => {}
  const turnAll = async (): Promise<void> => {
    do {
      state.again = false
      while (state.running && (await turn()));
    } while (state.running && state.again)
  }
  const wake = (): void => {
    if (!state.running) return
    state.again = true
    turned ??= turnAll()
      .catch((error: unknown) => log.error({ err: error }, `could not ${what}; it is tried again`))
      .finally(() => (turned = null))
  }
  const poll = (): void => {
    cancelPoll = clock.after(every, () => {
      wake()
      // Not at once: a clock that is moved on by weeks would poll for all of them.
      void turned?.finally(() => state.running && poll())
    })
  }
  return {
    start: () =>
      actAsHub(() => {
        state.running = true
        stopListening = doorbells.listen(bell, () => heeds() && wake())
        wake()
        poll()
      }),
    async stop() {
      state.running = false
      cancelPoll()
      stopListening()
      await turned
    },
  }
}
