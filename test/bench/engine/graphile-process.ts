import { Logger, makeWorkerUtils, run, type WorkerUtils } from 'graphile-worker'
import { serveParent } from '../bench-process.ts'
import { callFor } from './calls.ts'
import { combinedRate, type QueueQuestion } from './queue-loads.ts'

/** Graphile Worker: jobs that do nothing, fetched into its local queue and completed in batches. Completed jobs are deleted. */
const payload = { type: 'add', instance: 1234 }
const logger = new Logger(() => () => {})

let connectionString: string
let utils: WorkerUtils

serveParent(async (question: QueueQuestion): Promise<unknown> => {
  if (question.do === 'start') return start(question.url)
  if (question.do === 'call') return callFor(question, () => utils.addJob('send', payload))
  const { jobs, fetched } = question
  const done = Promise.withResolvers<void>()
  let left = jobs
  const runner = await run({
    preset: {
      worker: {
        connectionString,
        maxPoolSize: 10,
        concurrentJobs: fetched,
        pollInterval: 100,
        localQueue: { size: fetched, refetchDelay: { durationMs: 10, threshold: 0, maxAbortThreshold: fetched } },
        completeJobBatchDelay: 5,
        failJobBatchDelay: 5,
      },
    },
    logger,
    noHandleSignals: true,
    taskList: {
      signal: () => {
        if (--left === 0) done.resolve()
      },
    },
  })
  // Stopping waits for the last completions, which count as well.
  return combinedRate(
    question,
    put,
    done.promise.then(() => runner.stop()),
  )
})

async function start(url: string): Promise<void> {
  connectionString = url
  utils = await makeWorkerUtils({ connectionString, logger })
  await utils.migrate()
}

async function put(count: number): Promise<void> {
  await utils.addJobs(Array.from({ length: count }, () => ({ identifier: 'signal', payload })))
}
