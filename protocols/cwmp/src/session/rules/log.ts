import { mayKnow, withWork } from '../memory.ts'
import { isAnswer, type Change, type Move, type Rule, type Situation } from '../situation.ts'
import { blankWork } from './begin.ts'

/** A `collect-log`: the device uploads its log, or where it does not know Upload, says what it has of it as a parameter. */
export const collectLog: Rule = (situation): Move | null => {
  const { memory, outputs } = situation
  const queued = outputs.find(({ output }) => output.kind === 'collect-log')
  if (queued?.output.kind !== 'collect-log') return null
  const { request, bytes } = queued.output
  if (!mayKnow(memory, 'Upload')) return asParameter(situation, queued.id, request, bytes)
  if (
    memory.works.some(({ output, state, abandoned }) => output === queued.id || (state !== 'transferred' && !abandoned))
  )
    return null
  const unit = { name: 'log', version: '' }
  const work = { ...blankWork, output: queued.id, kind: 'log' as const, means: 'upload' as const, unit }
  return { change: { memory: withWork(memory, { ...work, log: { request, bytes } }) } }
}

function asParameter({ memory }: Situation, id: number, request: string, bytes: number): Move {
  if (memory.names?.includes('DeviceInfo.DeviceLog') !== true)
    return { change: { taken: [{ output: id, error: 'the device knows neither Upload nor DeviceInfo.DeviceLog' }] } }
  return {
    task: {
      request: { method: 'GetParameterValues', names: [`${memory.root}DeviceInfo.DeviceLog`] },
      answered: (_now, response): Change => {
        const text = isAnswer(response, 'GetParameterValues') ? (response.parameters[0]?.value ?? '') : ''
        const input = { id: `o${id}-log`, kind: 'log' as const, request, text: text.slice(-bytes) }
        return { inputs: [input], taken: [{ output: id, error: null }] }
      },
      failed: (_now, { code, text }): Change => ({ taken: [{ output: id, error: `${code} ${text}` }] }),
    },
  }
}

/** Of the types of A.4.1.5, the one that every device that uploads knows. */
export const logFileType = '2 Vendor Log File'
