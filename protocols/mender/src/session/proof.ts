import { installed } from '../mapping/outcomes.ts'
import { artifactName, foundFor } from '../mapping/units.ts'
import { endedAs, type Memory } from './memory.ts'
import type { Plan } from './plan.ts'

/**
 * Ends the open deployment by what the device says it has: when it has reported success, or has that artifact after all although
 * its last report was lost. Clients send their inventory right after a deployment, so that this is soon.
 * @param where the device says so, for people
 * @returns null when there is nothing to end
 */
export function proved(memory: Memory, where: string): Plan | null {
  const { open } = memory
  if (open === null || open.stage === 'given') return null
  const provides = new Map(memory.provides)
  if (open.stage === 'begun' && provides.get(artifactName) !== open.artifact) return null
  const input = installed(open, foundFor(open.artifact, provides), where)
  return { memory: endedAs(memory, 'success'), inputs: [input], taken: [open.id] }
}
