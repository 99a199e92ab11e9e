import { PgBoss } from 'pg-boss'
import { pause } from '../../../hub/src/platform/wait.ts'
import { serveParent } from '../bench-process.ts'
import { callFor } from './calls.ts'
import { combinedRate, type QueueQuestion } from './queue-loads.ts'

/** pg-boss: jobs that do nothing, with its own multi-row calls. Completed jobs stay in its table, as its default is. */
const queue = 'signals'
/** For jobs sent one by one: nobody works them off, so they are kept out of the other rounds. */
const sends = 'sends'
const data = { type: 'add', instance: 1234 }

let boss: PgBoss

serveParent(async (question: QueueQuestion): Promise<unknown> => {
  if (question.do === 'start') return start(question.url)
  if (question.do === 'call') return callFor(question, () => boss.send(sends, data))
  const { jobs, fetched } = question
  return combinedRate(question, put, complete(jobs, fetched))
})

async function start(connectionString: string): Promise<void> {
  boss = new PgBoss({ connectionString, max: 10, supervise: false, schedule: false })
  boss.on('error', (error) => console.error(error))
  await boss.start()
  await boss.createQueue(queue)
  await boss.createQueue(sends)
}

async function put(count: number): Promise<void> {
  await boss.insert(
    queue,
    Array.from({ length: count }, () => ({ data })),
  )
}

/** Fetches and completes until so many are done; two at a time, so that one fetches while the other completes. */
async function complete(jobs: number, batchSize: number): Promise<void> {
  let left = jobs
  const work = async (): Promise<void> => {
    while (left > 0) {
      const fetched = await boss.fetch(queue, { batchSize })
      if (fetched.length === 0) {
        await pause(1)
        continue
      }
      left -= fetched.length
      await boss.complete(
        queue,
        fetched.map(({ id }) => id),
      )
    }
  }
  await Promise.all([work(), work()])
}
