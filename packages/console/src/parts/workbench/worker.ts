import '../../no-eval.ts'
import { compileModel, ScriptError, simulate, type SimulationLine } from '@sutler/engine'
import { checkPattern } from '@sutler/patterns'
import { pictureOf } from '@sutler/patterns/diagram'
import type { Answered, Asked, JobKind, Jobs, PatternReport, SimulationReport } from './jobs.ts'

/** Sets of states that a proof looks into; the hub looks into more. */
const bound = 20_000
/** Steps of a simulation that are shown. */
const mostSteps = 2_000

const work: { readonly [Kind in JobKind]: (ask: Jobs[Kind]['ask']) => Jobs[Kind]['answer'] } = {
  read: ({ text }) => read(text),
  draw: ({ model }) => pictureOf(model),
  simulate: (ask) => simulated(ask),
}

function read(text: string): PatternReport {
  const { model, diagnostics } = checkPattern(text, { bound })
  return { diagnostics, model, picture: model === null ? null : pictureOf(model) }
}

function simulated({ model, script, call }: Jobs['simulate']['ask']): SimulationReport {
  const lines: SimulationLine[] = []
  try {
    for (const line of simulate(compileModel(model), script, call === undefined ? {} : { call })) {
      lines.push(line)
      if (lines.length >= mostSteps) break
    }
    return { lines, fault: null }
  } catch (error) {
    if (error instanceof ScriptError) return { lines, fault: error.message }
    throw error
  }
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  let answered: Answered
  try {
    answered = { answer: (work[data.kind] as (ask: unknown) => Jobs[JobKind]['answer'])(data.ask) }
  } catch (error) {
    answered = { fault: error instanceof Error ? error.message : String(error) }
  }
  postMessage(answered)
})
