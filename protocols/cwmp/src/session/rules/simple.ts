import { faultSentence } from '../../mapping/faults.ts'
import { withRefused } from '../memory.ts'
import type { Change, Move, Rule, Situation } from '../situation.ts'

/** A ping is answered by the session that it is read in. */
export const ping: Rule = ({ outputs }): Move | null => {
  const queued = outputs.find(({ output }) => output.kind === 'ping')
  if (queued === undefined) return null
  return {
    change: { inputs: [{ id: `o${queued.id}-pong`, kind: 'pong' }], taken: [{ output: queued.id, error: null }] },
  }
}

/** A `query-capabilities` makes the report due. */
export const query: Rule = ({ outputs, facts }): Move | null => {
  const asked = outputs.some(({ output }) => output.kind === 'query-capabilities')
  if (!asked || facts.report) return null
  const again = new Set([...facts.asked].filter((each) => each !== 'values' && each !== 'configurations'))
  return { change: { facts: { report: true, asked: again, units: null } } }
}

/** A restart, once nothing else is left to be asked in this session: the device may go at once. */
export const restart: Rule = ({ outputs, memory }): Move | null => {
  const queued = outputs.find(({ output }) => output.kind === 'restart')
  if (queued === undefined || memory.works.some(({ state, abandoned }) => state === 'started' && !abandoned))
    return null
  const { id } = queued
  return {
    task: {
      request: { method: 'Reboot', commandKey: `s${id}` },
      answered: () => ({ taken: [{ output: id, error: null }] }),
      failed: (now, fault) => ({
        ...(fault.code === 9000 && { memory: withRefused(now.memory, 'Reboot'), facts: { report: true } }),
        taken: [{ output: id, error: faultSentence(fault) }],
      }),
    },
  }
}

/** What CWMP has no word for, should it ever get this far. */
export const unknown: Rule = ({ outputs }: Situation): Move | null => {
  const queued = outputs.find(({ output }) => output.kind === 'message')
  if (queued === undefined) return null
  const change: Change = { taken: [{ output: queued.id, error: 'CWMP has no message to the person at the device' }] }
  return { change }
}
