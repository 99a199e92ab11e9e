import { compileModel, type Model, simulate, type SimulationLine } from '@sutler/engine'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomLines, randomStatechart } from '../testing/random-statecharts.ts'
import { fromScxml } from './from-scxml.ts'
import { toScxml } from './to-scxml.ts'

/** Losses that change nothing of what a model does. */
const inNameOnly = new Set(['version', 'title', 'names', 'renamed'])
/** A model that delays by nothing, or answers itself, for ever is left there. */
const longest = 60

describe('a model that goes to SCXML and back', () => {
  it('does the same if no loss is named', () => {
    let fitting = 0
    const property = fc.property(randomStatechart, randomLines, (random, script) => {
      const model = lively(random)
      const { text, losses } = toScxml(model)
      if (losses.some(({ code }) => !inNameOnly.has(code))) return
      const back = fromScxml(text)
      if (back.losses.some(({ code }) => !inNameOnly.has(code))) return
      fitting += 1
      expect(lines(back.model, script), text).toEqual(lines(model, script))
    })
    fc.assert(property, { numRuns: 600 })
    expect(fitting).toBeGreaterThan(60)
  }, 120_000)
})

/** Without transitions that never fire and signals that nobody hears. */
function lively(model: Model): Model {
  const dead = new Set(toScxml(model).losses.flatMap(({ code, place }) => (code === 'never-fires' ? [place] : [])))
  const transitions = model.transitions.filter((_, index) => !dead.has(`/transitions/${index}`))
  const heard = new Set(transitions.map(({ on }) => on))
  const kept = transitions.map(({ emit, ...rest }) => ({
    ...rest,
    ...(emit !== undefined && { emit: emit.filter(({ signal }) => heard.has(signal)) }),
  }))
  return { ...model, transitions: kept }
}

/** What is seen of a run, but for the names of transitions. */
function lines(model: Model, script: readonly string[]): unknown[] {
  const seen: unknown[] = []
  try {
    for (const line of simulate(compileModel(model), script)) {
      seen.push(inShort(line))
      if (seen.length >= longest) break
    }
  } catch (error) {
    seen.push((error as Error).message.replace(/^line \d+: /, ''))
  }
  return seen
}

function inShort({ signal, outcome, reason, fired, states, args, data, emitted, done }: SimulationLine): unknown {
  if (outcome === 'failed') return { signal, outcome, reason, states, data }
  return { signal, outcome, reason, fired: fired.length, states, args, data, emitted, done }
}
