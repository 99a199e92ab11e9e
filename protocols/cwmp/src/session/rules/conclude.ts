import { configurationUnits } from '../../mapping/configurations.ts'
import { isInstalled, unitOf } from '../../mapping/deployment-units.ts'
import { notDone } from '../../mapping/faults.ts'
import { firmwareUnit, runsFirmware } from '../../mapping/firmware.ts'
import { commandKeyOf, mayKnow, withoutWork, withPlaced, withWork, type Work } from '../memory.ts'
import { hasTable } from './learn.ts'
import { nowAsked, type Change, type Move, type Rule, type Situation } from '../situation.ts'
import { sameUnit, type Input, type Reported } from '@sutler/device-model'

/** Sessions that the proof may be missing from, after the device has said that it is done. */
const patience = 3

/** Ends works whose proof is there, and those that can have none any more. */
export const conclude: Rule = (situation): Move | null => {
  for (const work of situation.memory.works) {
    const change = ends(situation, work)
    if (change !== null) return { change }
  }
  return null
}

/** A device that is done but does not show it yet is asked to come again soon, where it knows how (A.4.1.2). */
export const again: Rule = (situation): Move | null => {
  const { memory, facts } = situation
  const waiting = memory.works.some(({ state }) => state === 'transferred')
  if (!waiting || facts.asked.has('again') || !mayKnow(memory, 'ScheduleInform')) return null
  const asked = nowAsked(situation, 'again')
  const change = () => ({ facts: asked })
  return {
    task: {
      request: { method: 'ScheduleInform', delaySeconds: 30, commandKey: 'again' },
      answered: change,
      failed: (now, { code }) =>
        code === 9000
          ? { memory: { ...now.memory, refused: [...now.memory.refused, 'ScheduleInform'] }, facts: asked }
          : change(),
    },
  }
}

function ends(situation: Situation, work: Work): Change | null {
  if (work.kind === 'log') return null
  if (work.kind === 'remove') return removal(situation, work)
  if (work.role === 'firmware') return firmware(situation, work)
  if (work.means === 'units') return unit(situation, work)
  return work.state === 'transferred' ? transferred(situation, work) : null
}

function firmware(situation: Situation, work: Work): Change | null {
  const { memory, facts } = situation
  const { softwareVersion, root } = memory
  if (runsFirmware(softwareVersion, work.unit)) {
    const reported = { ...firmwareUnit(softwareVersion, work.unit), by: `${root}DeviceInfo.SoftwareVersion` }
    return installed({ ...situation, memory: { ...memory, firmware: work.unit } }, work, reported)
  }
  if (work.state !== 'transferred') return null
  const detail = `the device says that it is done, and runs ${softwareVersion || 'a version that it does not tell'}`
  // A restart that this session began with came after the transfer, unless the transfer is of this session.
  const restarted = facts.events.includes('1 BOOT') && !facts.asked.has(`sent ${commandKeyOf(work)}`)
  if (restarted)
    return over(situation, work, notDone(idOf(work), work.delivery, 'cwmp-old-firmware', detail, 'rolled-back'))
  return missed(situation, work, detail)
}

function unit(situation: Situation, work: Work): Change | null {
  const { facts } = situation
  if (facts.units === null) {
    // Without a table, what the completion said is all there is.
    if (work.state !== 'transferred' || hasTable(situation, 'units') || work.said === null) return null
    return installed(situation, work, { ...work.said, by: 'DUStateChangeComplete' })
  }
  const row = facts.units.find(({ uuid }) => uuid.toLowerCase() === work.uuid.toLowerCase())
  if (row && isInstalled(row)) {
    const reported = { ...unitOf(row), by: `${row.path}.Version` }
    if (work.state === 'transferred' || sameUnit(reported, work.unit)) return installed(situation, work, reported)
  }
  if (work.state !== 'transferred') return null
  return missed(situation, work, 'the device says that it is done, and has no such deployment unit')
}

function removal(situation: Situation, work: Work): Change | null {
  const { facts } = situation
  if (work.state !== 'transferred') return null
  if (facts.units === null && hasTable(situation, 'units')) return null
  const there = facts.units?.some((row) => row.uuid.toLowerCase() === work.uuid.toLowerCase() && isInstalled(row))
  if (there) return missed(situation, work, 'the device says that it is done, and the deployment unit is still there')
  const health = { ok: true, detail: '' }
  const { delivery } = work
  return over(situation, work, {
    id: idOf(work),
    kind: 'outcome',
    delivery,
    result: 'removed',
    digests: [],
    health,
    error: '',
  })
}

/** Files and settings: the next file, or the proof. */
function transferred(situation: Situation, work: Work): Change | null {
  const { memory, facts, manifests } = situation
  const files = manifests.get(work.manifest)?.files.length ?? 1
  if (work.file + 1 < files)
    return { memory: withWork(memory, { ...work, state: 'asked', sent: false, file: work.file + 1 }) }
  if (work.role === 'configuration' && hasTable(situation, 'configurations')) {
    if (!facts.asked.has('configurations')) return null
    const row = configurationUnits(memory.root, facts.values).find(({ name }) => name === work.unit.name)
    if (row) return installed(situation, work, { ...row, by: `${memory.root}DeviceInfo.VendorConfigFile` })
  }
  const reported = { ...work.unit, by: `TransferComplete of ${commandKeyOf(work)}` }
  return installed({ ...situation, memory: withPlaced(memory, work.unit) }, work, reported)
}

function installed(situation: Situation, work: Work, reported: Reported): Change {
  const health = { ok: true, detail: '' }
  const { delivery } = work
  const outcome = {
    id: idOf(work),
    kind: 'outcome' as const,
    delivery,
    result: 'installed' as const,
    digests: [],
    reported,
    health,
    error: '',
  }
  const { inputs = [], ...change } = over(situation, work, outcome)
  // What was in place already was never asked for; it counts as accepted all the same.
  const accepted = { id: `o${work.output}-accepted`, kind: 'accepted' as const, delivery }
  return { ...change, inputs: [...(work.state === 'asked' ? [accepted] : []), ...inputs] }
}

/** A session without the proof: some devices show it in the next. */
function missed(situation: Situation, work: Work, detail: string): Change | null {
  const what = `missed ${work.output}`
  if (situation.facts.asked.has(what)) return null
  if (work.missed + 1 >= patience)
    return over(situation, work, notDone(idOf(work), work.delivery, 'cwmp-not-proved', detail))
  return { memory: withWork(situation.memory, { ...work, missed: work.missed + 1 }), facts: nowAsked(situation, what) }
}

function over({ memory, outputs }: Situation, work: Work, outcome: Input): Change {
  const own = outputs.filter(({ id }) => id === work.output).map(({ id }) => ({ output: id, error: null }))
  return { memory: withoutWork(memory, work.output), facts: { inventory: true }, inputs: [outcome], taken: own }
}

const idOf = ({ output }: Work) => `o${output}-outcome`
