import { compileModel, defaultLimits, simulate, type Limits, type Model, type SimulationLine } from '@sutler/engine'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { seed, wanted } from '../support/thoroughness.ts'
import { Endless, NaiveSimulation } from './naive/simulation.ts'
import type { Line } from './naive/line.ts'
import { randomLimits, randomModel } from './random-models.ts'
import { commandOf, randomScript, scriptLine, type Draft } from './random-scripts.ts'

const call = { k: 3 }
/** Lines of one script that are compared; a model that makes more is left there. */
const longest = 150

/** How often each outcome and reason was seen. */
export type Seen = Map<string, number>

/** Plays the script with the naive interpreter. @returns the script's lines as they were meant, and what it printed */
function playNaively(model: Model, limits: Limits, drafts: readonly Draft[]): { script: string[]; lines: Line[] } {
  const simulation = new NaiveSimulation({ model, limits, id: 'simulation', call }, longest)
  const script: string[] = []
  let lines: Line[] = []
  for (const draft of drafts) {
    const command = commandOf(draft, model, simulation.situation)
    if (!command) continue
    try {
      simulation.play(command)
    } catch (error) {
      if (error instanceof Endless) break
      throw error
    }
    script.push(scriptLine(command))
    lines = [...simulation.lines]
  }
  return { script, lines }
}

/** The naive line with the engine's explanation, when that says at least what it must. */
function withDetail(line: Line, detail: string | undefined): unknown {
  const { detail: wanted, ...rest } = line
  if (typeof wanted !== 'object') return line
  const said = detail !== undefined && detail !== '' && wanted.every((part) => detail.includes(part))
  return { ...rest, detail: said ? detail : wanted }
}

/** Both interpreters print the same lines. */
export function agree(model: Model, low: Partial<Limits>, drafts: readonly Draft[], seen?: Seen): void {
  const { script, lines } = playNaively(model, { ...defaultLimits, ...low }, drafts)
  const printed: SimulationLine[] = [...simulate(compileModel(model, { limits: low }), script, { call })]
  const expected = lines.map((line, index) => withDetail(line, printed[index]?.detail))
  if (JSON.stringify(sorted(printed)) !== JSON.stringify(sorted(expected))) {
    expect({ script, lines: printed }).toEqual({ script, lines: expected })
    throw new Error('the lines differ in the order of their keys only')
  }
  for (const { outcome, reason } of seen ? lines : []) {
    const key = reason === undefined ? outcome : `${outcome} ${reason}`
    seen!.set(key, (seen!.get(key) ?? 0) + 1)
  }
}

/** With the keys of every object in order, to be compared as text. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}

/**
 * What random scripts must come to at least, in 10,000: what they never come to, they say nothing about. Far below what is
 * usual, so that chance alone does not fail.
 */
const expected: Readonly<Record<string, number>> = {
  fired: 6_000,
  ignored: 5_000,
  deferred: 500,
  held: 500,
  'rejected unknown-signal': 500,
  'rejected bad-arguments': 500,
  'rejected args-too-large': 40,
  'rejected too-many-waiting': 200,
  'rejected instance-done': 500,
  'failed missing-key': 500,
  'failed type-error': 200,
  'failed bad-value': 200,
  'failed not-json': 20,
  'failed over-budget': 20,
  'failed bad-url': 200,
  'failed child-name-taken': 200,
  'failed too-many-timers': 100,
  'failed too-many-tasks': 100,
  'failed too-many-children': 100,
  'failed too-deep': 100,
  'failed data-too-large': 40,
  'failed shared-too-large': 10,
  'failed args-too-large': 40,
  'failed runaway': 12,
  'duplicate fired': 200,
  'duplicate ignored': 200,
  'duplicate deferred': 20,
  'duplicate held': 20,
}

/** The test files that share the models among them, to run side by side. */
const files = 4

/**
 * One file's share of 10,000 random models with a script each; of fewer or more with SUTLER_AGREEMENT_RUNS. A disagreement is
 * made small, and thrown with its seed.
 * @param part which of the files, from 1: each has models of its own
 * @returns what was seen less often than it should be
 */
export function disagreements(part: number): string[] {
  const runs = wanted('SUTLER_AGREEMENT_RUNS', { quick: 10_000, long: 100_000 })
  const seen: Seen = new Map()
  const property = fc.property(randomModel, randomLimits, randomScript, (model, limits, script) =>
    agree(model, limits, script, seen),
  )
  fc.assert(property, { numRuns: Math.ceil(runs / files), seed: seed + part })
  const share = runs / files / 10_000
  const rare = Object.entries(expected).filter(([what, least]) => (seen.get(what) ?? 0) < Math.floor(least * share))
  return rare.map(([what]) => `${what}: ${seen.get(what) ?? 0}`)
}
