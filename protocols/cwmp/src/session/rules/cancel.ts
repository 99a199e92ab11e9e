import { notDone } from '../../mapping/faults.ts'
import { commandKeyOf, mayKnow, withoutWork, withRefused, withWork, type Work } from '../memory.ts'
import type { Change, Move, Rule, Situation } from '../situation.ts'
import type { Input, QueuedOutput } from '@sutler/device-model'

/** A cancel goes before everything else in the queue. What became of the delivery is said by an outcome either way. */
export const cancel: Rule = (situation): Move | null => {
  const queued = situation.outputs.find(({ output }) => output.kind === 'cancel')
  if (queued?.output.kind !== 'cancel') return null
  const { delivery } = queued.output
  const work = situation.memory.works.find((each) => each.delivery === delivery && !each.abandoned)
  if (work === undefined) return { change: notBegun(situation, queued, delivery) }
  if (work.means !== 'download' || work.state === 'transferred' || !mayKnow(situation.memory, 'CancelTransfer'))
    return { change: tooLate(situation, queued, work) }
  return {
    task: {
      request: { method: 'CancelTransfer', commandKey: commandKeyOf(work) },
      answered: (now) => stopped(now, queued, work),
      failed: (now, { code }) => {
        const memory = code === 9000 ? withRefused(now.memory, 'CancelTransfer') : now.memory
        return tooLate({ ...now, memory }, queued, work)
      },
    },
  }
}

function notBegun({ outputs, memory }: Situation, queued: QueuedOutput, delivery: string): Change {
  const same = outputs.filter(({ output }) => 'delivery' in output && output.delivery === delivery)
  const orders = same.filter(({ output }) => output.kind !== 'cancel')
  const cancels = outputs.filter(({ output }) => output.kind === 'cancel' && output.delivery === delivery)
  const taken = [...orders, ...cancels].map(({ id }) => ({ output: id, error: null }))
  const inputs = orders.length > 0 ? [cancelled(queued, delivery)] : []
  return { memory, inputs, taken }
}

function stopped({ memory, outputs }: Situation, queued: QueuedOutput, work: Work): Change {
  return {
    memory: withoutWork(memory, work.output),
    inputs: [cancelled(queued, work.delivery)],
    taken: takenWith(outputs, queued, work),
  }
}

/** The device goes on. If it never said that it began, nobody can know whether it did: that counts as stopped. */
function tooLate(situation: Situation, queued: QueuedOutput, work: Work): Change {
  if (work.state === 'asked') return stopped(situation, queued, work)
  const memory = withWork(situation.memory, { ...work, abandoned: work.state === 'started' })
  return { memory, taken: takenWith(situation.outputs, queued, work) }
}

function takenWith(outputs: readonly QueuedOutput[], queued: QueuedOutput, work: Work) {
  const own = outputs.filter(({ id }) => id === queued.id || id === work.output)
  return own.map(({ id }) => ({ output: id, error: null }))
}

function cancelled({ id }: QueuedOutput, delivery: string): Input {
  return notDone(`o${id}-cancelled`, delivery, 'cancelled', 'cancelled before the device had begun to use it')
}
