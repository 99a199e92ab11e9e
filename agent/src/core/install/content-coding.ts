import { AgentError } from '../errors.ts'
import type { HttpAnswer } from '../platform.ts'

/**
 * Lengths are those of what was signed: a coding that was not asked for is never undone.
 * @param asked null: none. @throws AgentError `not-available`
 */
export function checkCoding(what: string, answer: HttpAnswer, asked: string | null): void {
  const coding = codingOf(answer)
  if (coding === asked) return
  const detail =
    coding === null
      ? `without the content coding ${asked}`
      : `with the content coding ${coding.slice(0, 40)}, which nobody asked for`
  throw new AgentError('not-available', `${what} comes ${detail}`)
}

/** Null for none. */
export function codingOf({ headers }: HttpAnswer): string | null {
  const coding = headers['content-encoding']
  return coding === undefined || coding === 'identity' ? null : coding
}
