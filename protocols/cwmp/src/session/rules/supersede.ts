import { commandKeyOf, mayKnow, withoutWork, withRefused, withWork, type Work } from '../memory.ts'
import type { Change, Move, Rule, Situation } from '../situation.ts'
import type { Input, Output, QueuedOutput } from '@sutler/device-model'

/** Of several intentions for a service only the newest counts: older ones leave the queue, and what is under way is stopped. */
export const supersede: Rule = (situation): Move | null => {
  const { outputs, memory } = situation
  const newest = new Map(Object.entries(memory.epochs))
  for (const { output } of outputs) {
    const intention = intentionOf(output)
    if (intention) newest.set(intention.service, Math.max(intention.epoch, newest.get(intention.service) ?? 0))
  }
  const working = new Set(memory.works.map(({ output }) => output))
  const stale = outputs.find(({ id, output }) => {
    const intention = intentionOf(output)
    return intention !== null && !working.has(id) && intention.epoch < newest.get(intention.service)!
  })
  if (stale) return { change: { inputs: [superseded(stale)], taken: [{ output: stale.id, error: null }] } }
  const old = memory.works.find(
    ({ service, epoch, abandoned, state }) =>
      !abandoned && state !== 'transferred' && service !== '' && epoch < (newest.get(service) ?? 0),
  )
  return old === undefined ? null : stop(situation, old)
}

function stop(situation: Situation, work: Work): Move {
  if (work.state === 'asked') return { change: dropped(situation, work) }
  if (work.means !== 'download' || !mayKnow(situation.memory, 'CancelTransfer'))
    return { change: left(situation, work) }
  return {
    task: {
      request: { method: 'CancelTransfer', commandKey: commandKeyOf(work) },
      answered: (now) => dropped(now, work),
      failed: (now, { code }) =>
        left({ ...now, memory: code === 9000 ? withRefused(now.memory, 'CancelTransfer') : now.memory }, work),
    },
  }
}

function dropped({ memory, outputs }: Situation, work: Work): Change {
  const own = outputs.filter(({ id }) => id === work.output).map(({ id }) => ({ output: id, error: null }))
  return { memory: withoutWork(memory, work.output), inputs: [declined(work.output, work.delivery)], taken: own }
}

/** The device cannot be stopped: the outcome is still told, but nothing waits for it. */
function left({ memory }: Situation, work: Work): Change {
  return { memory: withWork(memory, { ...work, abandoned: true }) }
}

function intentionOf(output: Output): { readonly service: string; readonly epoch: number } | null {
  return output.kind === 'install' || output.kind === 'remove' ? output : null
}

function superseded({ id, output }: QueuedOutput): Input {
  return declined(id, 'delivery' in output ? output.delivery : '')
}

function declined(id: number, delivery: string): Input {
  const detail = 'a newer order for the service has taken its place'
  return { id: `o${id}-superseded`, kind: 'declined', delivery, reason: 'superseded', detail }
}
