import { parentPort } from 'node:worker_threads'
import type { Model } from '@sutler/engine'
import { drawModel, PatternError, printPattern } from '@sutler/patterns'
import { inspect } from './inspect.ts'
import type { Job, JobEnd } from './jobs.ts'

/** The workshop's thread: does one job after the other, and remembers the published models that it was told of. */
const models: Model[] = []

parentPort?.on('message', (job: Job) => parentPort?.postMessage(done(job), []))

function done(job: Job): JobEnd {
  try {
    return answerTo(job)
  } catch (error) {
    // Out of stack, or a text longer than there can be.
    return error instanceof RangeError ? { exhausted: error.message } : { broken: error }
  }
}

function answerTo(job: Job): JobEnd {
  if (job.kind === 'draw') return { text: drawModel(job.model, { states: job.states }) }
  if (job.kind === 'print') return { text: printed(job.model) }
  models.push(...job.learn)
  return { inspection: inspect(job.authored, { tasks: job.tasks, models }) }
}

function printed(model: Model): string | null {
  try {
    return printPattern(model)
  } catch (error) {
    if (error instanceof PatternError) return null
    throw error
  }
}
