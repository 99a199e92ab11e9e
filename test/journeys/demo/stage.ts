import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { ApiError } from '@sutler/client'
import type { Kept } from './processes.ts'
import type { Screen } from './screen.ts'

/** Where the demo plays. */
export interface Stage {
  readonly directory: string
  readonly screen: Screen
  /** The last lines of every program, shown when something goes wrong. */
  readonly tail: string[]
  readonly signal: AbortSignal
  readonly failed: (error: Error) => void
  /** Everything started, in order; whoever runs the demo stops it. */
  readonly running: Kept[]
  /** The phone is a page that a person opens. */
  readonly browserPhone: boolean
}

/** Nothing in the demo may take longer; a person takes a while. */
const deadlineOf = ({ browserPhone }: Stage): number => (browserPhone ? 1_800_000 : 180_000)

/** Reads until `holds`; a hub that is down for a moment (killed, restarted) is waited for. */
export async function until<T>(stage: Stage, look: () => Promise<T>, holds: (found: T) => boolean): Promise<T> {
  const deadline = deadlineOf(stage)
  const end = performance.now() + deadline
  for (;;) {
    try {
      const found = await look()
      if (holds(found)) return found
    } catch (error) {
      if (!wasDown(error)) throw error
    }
    stage.signal.throwIfAborted()
    if (performance.now() > end) throw new Error(`waited ${deadline / 1000} s in vain`)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}

export async function waitFor<T>(stage: Stage, subscribe: (found: (value: T) => void) => void): Promise<T> {
  const signal = AbortSignal.any([stage.signal, AbortSignal.timeout(deadlineOf(stage))])
  return Promise.race([
    new Promise<T>((resolve) => subscribe(resolve)),
    once(signal, 'abort').then(() => {
      throw stage.signal.aborted ? stage.signal.reason : new Error('the hub did not come up')
    }),
  ])
}

/** However often the request is sent, it is done once. */
export function onceOnly(): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': randomUUID() }
}

/** Does `work` until a hub has answered; it may have been done although its answer was lost, so it must be repeatable. */
export function persist<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
  return until(stage, work, () => true)
}

/** Whether the hub was down when it was asked, or went down with the answer (fetch: TypeError), or still remembers that. */
export function wasDown(error: unknown): boolean {
  if (error instanceof ApiError)
    return error.status === 0 || error.status === 503 || error.code === 'idempotency-in-progress'
  return error instanceof TypeError
}
