import { DBOS } from '@dbos-inc/dbos-sdk'
import { serveParent } from '../bench-process.ts'
import { callFor, type CallRound } from './calls.ts'

/**
 * DBOS Transact: a workflow of one step that does nothing, awaited. It writes the workflow's status, the step's result and the
 * workflow's result: what makes it durable and the same id idempotent. Ours does for a signal what that does for a workflow,
 * and has a state between signals.
 */
export type DbosQuestion =
  | { readonly do: 'start'; readonly url: string }
  /** → CallRound */
  | { readonly do: 'call'; readonly callers: number; readonly milliseconds: number }

const signal = DBOS.registerWorkflow(
  async (n: number): Promise<number> => DBOS.runStep(() => Promise.resolve(n + 1), { name: 'add' }),
  { name: 'signal' },
)

let count = 0

serveParent(async (question: DbosQuestion): Promise<CallRound | void> => {
  if (question.do === 'call') return callFor(question, () => signal(count++))
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: question.url,
    // A connection for every caller: more than it takes unless told.
    systemDatabasePoolSize: 32,
    enableOTLP: false,
    logLevel: 'error',
  })
  await DBOS.launch()
})
