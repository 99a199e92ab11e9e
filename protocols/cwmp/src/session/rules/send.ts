import { notBegun } from '../../mapping/faults.ts'
import { isAnswer, nowAsked, type Change, type Move, type Rule, type Situation, type Task } from '../situation.ts'
import { commandKeyOf, mayKnow, withoutWork, withRefused, withWork, type Work } from '../memory.ts'
import { rowOf } from './begin.ts'
import { logFileType } from './log.ts'
import type { AcsRequest, CpeFault, CpeResponse, UnitOperation } from '../../wire/values.ts'

const fileTypes = {
  firmware: '1 Firmware Upgrade Image',
  files: '2 Web Content',
  /** Where a device does not know ChangeDUState. */
  unit: '2 Web Content',
  configuration: '3 Vendor Configuration File',
} as const

/** Works of an earlier session whose answer never came: is the transfer in the device's queue already? (A.4.1.7) */
export const recall: Rule = (situation): Move | null => {
  const { memory, facts } = situation
  const doubtful = memory.works.some((work) => work.state === 'asked' && work.sent && !facts.asked.has(mark(work)))
  if (!doubtful || facts.asked.has('queued') || !mayKnow(memory, 'GetAllQueuedTransfers')) return null
  const asked = nowAsked(situation, 'queued')
  return {
    task: {
      request: { method: 'GetAllQueuedTransfers' },
      answered: (now, response) => ({ ...recognised(now, response), facts: asked }),
      failed: (now, { code }) => ({
        memory: code === 9000 ? withRefused(now.memory, 'GetAllQueuedTransfers') : now.memory,
        facts: asked,
      }),
    },
  }
}

function recognised(now: Situation, response: CpeResponse): Change {
  if (!isAnswer(response, 'GetAllQueuedTransfers')) return {}
  const keys = new Set(response.transfers.map(({ commandKey }) => commandKey))
  const found = now.memory.works.filter((work) => work.state === 'asked' && keys.has(commandKeyOf(work)))
  return found.reduce<Change>(
    (change, work) => {
      const more = started({ ...now, memory: change.memory ?? now.memory }, work, 'started')
      return {
        ...more,
        inputs: [...(change.inputs ?? []), ...(more.inputs ?? [])],
        taken: [...(change.taken ?? []), ...(more.taken ?? [])],
      }
    },
    { memory: now.memory },
  )
}

/** Sends what a work needs, once in a session. The same CommandKey each time: a repeat is recognised by it. */
export const send: Rule = (situation): Move | null => {
  const { memory, facts } = situation
  const work = memory.works.find((each) => each.state === 'asked' && !facts.asked.has(mark(each)))
  if (work === undefined) return null
  const request = requestOf(situation, work)
  if (request === null)
    return { change: refusedBy(situation, work, { code: 9016, text: 'the file is not in the hub any more' }) }
  return { task: taskOf(situation, work, request) }
}

const mark = (work: Work) => `sent ${commandKeyOf(work)}`

function taskOf(situation: Situation, work: Work, request: AcsRequest): Task {
  const asked = nowAsked(situation, mark(work))
  return {
    request,
    before: withWork(situation.memory, { ...work, sent: true }),
    answered: (now, response) => {
      const done = (isAnswer(response, 'Download') || isAnswer(response, 'Upload')) && response.status === 0
      return { ...started(now, work, done && request.method === 'Download' ? 'transferred' : 'started'), facts: asked }
    },
    failed: (now, fault) => {
      const { facts: more, ...change } = refusedBy(now, work, fault)
      return { ...change, facts: { ...more, ...(more?.asked === undefined && asked) } }
    },
  }
}

/** The device has it: the output leaves the queue. */
function started({ memory, outputs }: Situation, work: Work, state: 'started' | 'transferred'): Change {
  const own = outputs.filter(({ id }) => id === work.output).map(({ id }) => ({ output: id, error: null }))
  const accepted = work.delivery === '' || own.length === 0 ? [] : [work.delivery]
  return {
    memory: withWork(memory, { ...work, state }),
    inputs: accepted.map((delivery) => ({ id: `o${work.output}-accepted`, kind: 'accepted', delivery })),
    taken: own,
  }
}

function refusedBy(now: Situation, work: Work, fault: Pick<CpeFault, 'code' | 'text'>): Change {
  // The log is asked for in another way then.
  if (fault.code === 9000 && work.means === 'upload')
    return { memory: withoutWork(withRefused(now.memory, 'Upload'), work.output), facts: { report: true } }
  if (fault.code === 9000 && work.means === 'units') {
    const memory = withRefused(now.memory, 'ChangeDUState')
    // The next best: the file alone. What the device is without is told, so that planning knows its limits.
    if (work.kind === 'install') {
      const facts = { report: true, asked: new Set([...now.facts.asked].filter((each) => each !== mark(work))) }
      return { memory: withWork(memory, { ...work, means: 'download' }), facts }
    }
    return given(now, memory, work, fault)
  }
  if (fault.code !== 9000) return given(now, now.memory, work, fault)
  return { ...given(now, withRefused(now.memory, 'Download'), work, fault), facts: { report: true } }
}

function given(
  now: Situation,
  memory: Situation['memory'],
  work: Work,
  fault: Pick<CpeFault, 'code' | 'text'>,
): Change {
  const own = now.outputs.filter(({ id }) => id === work.output)
  if (work.log !== null) {
    const error = `${fault.code} ${fault.text}`.trim()
    return { memory: withoutWork(memory, work.output), taken: own.map(({ id }) => ({ output: id, error })) }
  }
  return {
    memory: withoutWork(memory, work.output),
    inputs: [notBegun(`o${work.output}-refused`, work.delivery, fault)],
    taken: own.map(({ id }) => ({ output: id, error: null })),
  }
}

/** Null where the hub does not have the file any more. */
function requestOf(situation: Situation, work: Work): AcsRequest | null {
  const commandKey = commandKeyOf(work)
  const access = situation.settings.fileAt(commandKey)
  if (work.means === 'upload')
    return { method: 'Upload', commandKey, fileType: logFileType, ...access, delaySeconds: 0 }
  if (work.kind === 'remove') return { method: 'ChangeDUState', commandKey, operations: [uninstall(situation, work)] }
  const file = situation.manifests.get(work.manifest)?.files[work.file]
  if (!file) return null
  if (work.means === 'units')
    return { method: 'ChangeDUState', commandKey, operations: [place(situation, work, access)] }
  const targetFileName = work.role === 'firmware' ? '' : file.path
  return {
    method: 'Download',
    commandKey,
    fileType: fileTypes[work.role],
    ...access,
    fileSize: file.size,
    targetFileName,
    delaySeconds: 0,
  }
}

type Access = ReturnType<Situation['settings']['fileAt']>

function place(situation: Situation, work: Work, access: Access): UnitOperation {
  const row = situation.facts.units?.find(({ uuid }) => uuid.toLowerCase() === work.uuid.toLowerCase())
  // The version that is to be replaced may stay empty: there is one deployment unit with the UUID (A.4.1.10).
  if (row) return { kind: 'update', uuid: row.uuid, version: '', ...access }
  return { kind: 'install', uuid: work.uuid, environment: '', ...access }
}

function uninstall(situation: Situation, work: Work): UnitOperation {
  const row = rowOf(situation, work.service, work.unit.name)
  return {
    kind: 'uninstall',
    uuid: row?.uuid ?? work.uuid,
    version: row?.version ?? '',
    environment: row?.environment ?? '',
  }
}
