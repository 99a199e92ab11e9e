import { TrustError } from '../errors.ts'
import type { Answer, Effect, Phase, Turn, Update } from './update.ts'

/** The file of the store that holds a role's metadata: any role name makes a safe one. */
export function storedFile(role: string): string {
  return `${encodeURIComponent(role)}.json`
}

/** The name of a role's metadata in the repository, escaped for a URL (section 6.2). */
export function metadataName(role: string, version: number | null): string {
  return version === null ? storedFile(role) : `${version}.${storedFile(role)}`
}

/** Asks for a stored file and goes to the phase. */
export function read(update: Update, phase: Phase, role: string, mostBytes: number, effects: Effect[] = []): Turn {
  return { update: { ...update, phase }, effects, next: { kind: 'read', file: storedFile(role), mostBytes } }
}

/** Asks for a file of the repository and goes to the phase. */
export function fetch(update: Update, phase: Phase, name: string, mostBytes: number, effects: Effect[] = []): Turn {
  return { update: { ...update, phase }, effects, next: { kind: 'fetch', name, mostBytes } }
}

export function persist(role: string, bytes: Uint8Array): Effect {
  return { kind: 'persist', file: storedFile(role), bytes }
}

/** Ends the update; the effects are of what was trusted before. */
export function refused(update: Update, error: TrustError, effects: readonly Effect[] = []): Turn {
  return { update: { ...update, phase: { at: 'end' } }, effects, next: { kind: 'refused', error } }
}

/** The turn of `work`, or the end of the update: in both, what was trusted before is persisted. */
export function afterEffects(update: Update, effects: readonly Effect[], work: () => Turn): Turn {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    return refused(update, error, effects)
  }
}

/** The bytes of an answer of the repository. Throws TrustError `absent` or `endless-data`. */
export function fetched(answer: Answer, what: string, mostBytes: number): Uint8Array {
  if (answer.kind === 'absent') throw new TrustError('absent', what, 'the repository has no such file')
  if (answer.kind === 'too-long' || answer.bytes.length > mostBytes)
    throw new TrustError('endless-data', what, `the answer was cut after ${mostBytes} bytes`)
  return answer.bytes
}

/**
 * What `trust` makes of a stored file; null when there is none, or it is not trusted (any more): the repository is asked then. A file
 * that rotted on the disk must not end all updates.
 */
export async function stored<T>(answer: Answer, trust: (bytes: Uint8Array) => Promise<T>): Promise<T | null> {
  if (answer.kind !== 'bytes') return null
  try {
    return await trust(answer.bytes)
  } catch (error) {
    if (error instanceof TrustError) return null
    throw error
  }
}

/** A signed length, where there is one; never more than the host's limit. Throws TrustError `too-large`. */
export function mostBytesOf(what: string, signed: number | undefined, limit: number): number {
  if (signed !== undefined && signed > limit)
    throw new TrustError('too-large', what, `${signed} bytes are signed, at most ${limit} are taken`)
  return signed ?? limit
}

/** What an earlier phase has left. It is there: phases come in one order. */
export function known<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw new TypeError('a phase of the update came before the one it needs')
  return value
}
