import { startUpdate, takeAnswer } from '../client/index.ts'
import { TrustError } from '../errors.ts'
import { clientLimits } from '../limits.ts'
import { nodeCrypto } from './node-crypto.ts'
import { now } from './repository.ts'
import type { Answer, Effect, Request, Search, Verdict } from '../client/update.ts'
import type { TrustErrorCode } from '../errors.ts'
import type { ClientLimits } from '../limits.ts'

export interface UpdateOptions {
  readonly now?: number
  readonly limits?: Partial<ClientLimits>
  /** The device is switched off once it has made this many changes to its store. */
  readonly effects?: number
}

/** The device was switched off in the middle of an update. */
export class SwitchedOff extends Error {}

/** A device's store of trusted metadata, and a host that carries updates out. */
export class Device {
  readonly store = new Map<string, Uint8Array>()
  /** Names that were fetched. */
  readonly fetched: string[] = []

  constructor(root: Uint8Array) {
    this.store.set('root.json', root)
  }

  async update(
    files: ReadonlyMap<string, Uint8Array>,
    wanted: readonly string[] = [],
    options: UpdateOptions = {},
  ): Promise<Verdict> {
    let left = options.effects ?? Infinity
    let turn = startUpdate(options.now ?? now, wanted, { ...clientLimits, ...options.limits })
    for (;;) {
      for (const effect of turn.effects) {
        if (left-- <= 0) throw new SwitchedOff()
        this.#carryOut(effect)
      }
      const { next } = turn
      if (next.kind === 'finished' || next.kind === 'refused') return next
      turn = await takeAnswer(turn.update, this.#answer(next, files), nodeCrypto)
    }
  }

  #carryOut(effect: Effect): void {
    if (effect.kind === 'persist') this.store.set(effect.file, effect.bytes)
    else this.store.delete(effect.file)
  }

  #answer(request: Request, files: ReadonlyMap<string, Uint8Array>): Answer {
    if (request.kind === 'fetch') this.fetched.push(request.name)
    const bytes = request.kind === 'read' ? this.store.get(request.file) : files.get(request.name)
    if (!bytes) return { kind: 'absent' }
    return bytes.length > request.mostBytes ? { kind: 'too-long' } : { kind: 'bytes', bytes }
  }
}

/** The code with which an update was refused; null when it was not. */
export function refusal(verdict: Verdict): { readonly code: TrustErrorCode; readonly what: string } | null {
  return verdict.kind === 'refused' ? { code: verdict.error.code, what: verdict.error.what } : null
}

export function searches(verdict: Verdict): readonly Search[] {
  if (verdict.kind === 'refused') throw verdict.error
  return verdict.targets
}

/** What became of the search for one target: the role that names it, or the code. */
export function outcome(verdict: Verdict): string | undefined {
  const [search] = searches(verdict)
  return search?.kind === 'found' ? search.roles.at(-1) : search?.error.code
}

/** The code of the TrustError that the work ends in; null when it ends in none. */
export async function codeOf(work: () => unknown): Promise<TrustErrorCode | null> {
  try {
    await work()
  } catch (error) {
    if (error instanceof TrustError) return error.code
    throw error
  }
  return null
}
