import type { Bench, BenchOptions, Figures } from '../measure.ts'
import { audit } from './audit.ts'
import { decision } from './decision.ts'
import { enrolments } from './enrolments.ts'
import { storm } from './storm.ts'
import { verification } from './verification.ts'

/** What trust costs. Parts are run by name, `trust/audit`. */
const parts: Readonly<Record<string, (options: BenchOptions) => Promise<Figures>>> = {
  decision,
  audit,
  enrolments,
  verification,
  storm,
}

export const bench: Bench = async (options): Promise<Figures> => {
  const { part } = options
  if (part !== null && !(part in parts))
    throw new RangeError(`${part} is no part of trust: ${Object.keys(parts).join(', ')}`)
  const figures: Figures = {}
  for (const [name, run] of Object.entries(parts))
    if (part === null || part === name) Object.assign(figures, await run(options))
  return figures
}
