import { AgentError } from '../errors.ts'
import type { HttpAnswer } from '../platform.ts'

/** Lengths are those of what was signed: nothing is ever unpacked. @throws AgentError `not-available` */
export function refuseCoding(what: string, { headers }: HttpAnswer): void {
  const coding = headers['content-encoding']
  if (coding !== undefined && coding !== 'identity')
    throw new AgentError(
      'not-available',
      `${what} comes with the content coding ${coding.slice(0, 40)}, which nobody asked for`,
    )
}
