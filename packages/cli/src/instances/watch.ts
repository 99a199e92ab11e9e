import { answer, entryAt, followSteps, pages, type Schemas } from '@sutler/client'
import { CommandError } from '../command-error.ts'
import type { Session } from '../session.ts'
import { painted, printable } from '../terminal.ts'
import type { InstanceAddress } from './instance-address.ts'
import { statesText, stepText } from './step-text.ts'
import { take } from '../take.ts'

type Entry = Schemas['HistoryEntry']

interface WatchLimits {
  /** Ends the watching. */
  readonly signal: AbortSignal
  /** Milliseconds; undefined = for as long as it takes. */
  readonly timeout: number | undefined
}

/** Prints the steps of all instances of a model, until it is stopped or its time is over. */
export async function watchModel(session: Session, model: string, limits: WatchLimits): Promise<void> {
  const signal = within(limits)
  const opened = (): void => remark(session, `watching ${model}; Ctrl-C ends it`)
  for await (const { step } of followSteps(session.connection, { model }, { signal, opened, lost: lostOf(session) }))
    session.terminal.result(step, () => stepText(step, true))
}

interface InstanceWatch extends WatchLimits {
  /** Ends as soon as this state is current. */
  readonly until: string | undefined
  /** Print the steps that it took before first. */
  readonly history: boolean
}

/**
 * Prints the steps of one instance until it is done, or in the state wanted.
 * @throws CommandError `still-running` when its time is over before
 */
export async function watchInstance(session: Session, of: InstanceAddress, watch: InstanceWatch): Promise<void> {
  const watching = new Watching(session, of, watch)
  const { signal } = watching
  const opened = (place: string): Promise<void> => watching.opened(entryAt(place))
  for await (const { step } of followSteps(session.connection, of, { signal, opened, lost: lostOf(session) }))
    watching.step(step)
  if (watching.enough || watch.signal.aborted) return
  throw new CommandError(
    'still-running',
    `${of.model}/${of.id} is not ${watch.until === undefined ? 'done' : `in ${watch.until}`} after ${watch.timeout! / 1_000} s`,
    'Watch on, with a longer --timeout or none; sutler instance show says what it waits for.',
    undefined,
    1,
  )
}

/** Entries of history that are shown when it is asked for. */
const shownBefore = 200

class Watching {
  readonly signal: AbortSignal
  readonly #session: Session
  readonly #of: InstanceAddress
  readonly #watch: InstanceWatch
  readonly #enough = new AbortController()
  /** The newest entry that was printed, and the one that was the newest when the stream was last opened. */
  #printed = 0
  #newest = 0
  #history: boolean

  constructor(session: Session, of: InstanceAddress, watch: InstanceWatch) {
    this.#session = session
    this.#of = of
    this.#watch = watch
    this.#history = watch.history
    this.signal = AbortSignal.any([this.#enough.signal, within(watch)])
  }

  get enough(): boolean {
    return this.#enough.signal.aborted
  }

  /** Everything that happens after the entry comes as a step. */
  async opened(after: number): Promise<void> {
    const { api } = this.#session
    const params = { path: this.#of }
    if (this.#history) {
      this.#history = false
      const before = pages<Entry>(async (cursor) =>
        answer(
          await api.GET('/api/v1/instances/{model}/{id}/history', {
            params: { ...params, query: { cursor, limit: 200 } },
          }),
        ),
      )
      for (const entry of (await take(before, shownBefore)).toReversed()) this.#print(entry)
    }
    const now = answer(await api.GET('/api/v1/instances/{model}/{id}', { params }))
    const timers = now.timers.map(({ signal, due }) => `, ${signal} is due at ${due}`)
    remark(this.#session, `${now.url} is in ${statesText(now)}${timers.join('')}`)
    this.#newest = now.entries
    // Later steps are on their way: they are shown before it is enough.
    if (now.entries <= Math.max(after, this.#printed) && this.#isEnough(now)) this.#enough.abort()
  }

  step(step: Entry): void {
    if (step.entry <= this.#printed || this.enough) return
    this.#print(step)
    if (step.entry >= this.#newest && this.#isEnough(step)) this.#enough.abort()
  }

  #print(entry: Entry): void {
    this.#printed = entry.entry
    this.#session.terminal.result(entry, () => stepText({ ...this.#of, ...entry }, false))
  }

  #isEnough({ done, states }: Pick<Entry, 'done' | 'states'>): boolean {
    const { until } = this.#watch
    return done || (until !== undefined && states.includes(until))
  }
}

function within({ signal, timeout }: WatchLimits): AbortSignal {
  return timeout === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(timeout)])
}

function lostOf(session: Session): () => void {
  return () => remark(session, 'the hub is away; trying to get it back')
}

function remark({ terminal }: Session, text: string): void {
  terminal.remark(painted('dim', printable(text), process.stderr))
}
