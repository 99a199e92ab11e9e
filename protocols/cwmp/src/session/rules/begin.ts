import { cpeFaults, notBegun } from '../../mapping/faults.ts'
import { unitOf, type DeploymentUnit } from '../../mapping/deployment-units.ts'
import { mayKnow, withoutWork, withEpoch, withWork, workLimit, type Memory, type Work } from '../memory.ts'
import type { Change, Move, Rule, Situation } from '../situation.ts'
import type { InstallOutput, QueuedOutput, RemoveOutput } from '@sutler/device-model'

/** Turns the oldest install or removal of the queue into a work, if the device can take another one. */
export const begin: Rule = (situation): Move | null => {
  const { memory, outputs } = situation
  const queued = outputs.find(
    ({ id, output }) =>
      (output.kind === 'install' || output.kind === 'remove') && !memory.works.some((work) => work.output === id),
  )
  if (queued === undefined || !ready(situation)) return null
  if (queued.output.kind === 'install') return { change: install(situation, queued.id, queued.output) }
  return queued.output.kind === 'remove' ? { change: remove(situation, queued, queued.output) } : null
}

/** A device does one transfer after the other. */
function ready({ memory }: Situation): boolean {
  if (memory.works.length >= workLimit && !memory.works.some(({ abandoned }) => abandoned)) return false
  return !memory.works.some(({ state, abandoned }) => state !== 'transferred' && !abandoned)
}

function install(situation: Situation, id: number, output: InstallOutput): Change {
  const { manifest, role, service, delivery, epoch, reports } = output
  if (situation.manifests.get(manifest.digest) == null) {
    const fault = { code: 9016, text: 'the hub does not have the file list any more' }
    return { inputs: [notBegun(`o${id}-lost`, delivery, fault)], taken: [{ output: id, error: null }] }
  }
  const means = role === 'unit' && mayKnow(situation.memory, 'ChangeDUState') ? 'units' : 'download'
  const row = rowOf(situation, service, output.from?.name ?? reports.name)
  const work = { ...blankWork, output: id, kind: 'install' as const, delivery, service, epoch, role, unit: reports }
  const uuid = row?.uuid || situation.settings.uuidOf(service)
  const memory = withEpoch(roomFor(situation.memory), service, epoch)
  return { memory: withWork(memory, { ...work, means, manifest: manifest.digest, uuid }) }
}

function remove(situation: Situation, queued: QueuedOutput, output: RemoveOutput): Change {
  const { service, delivery, epoch, unit } = output
  const row = rowOf(situation, service, unit?.name ?? service)
  const taken = [{ output: queued.id, error: null }]
  if (!mayKnow(situation.memory, 'ChangeDUState')) {
    const fault = { code: 9000, text: cpeFaults[9000]! }
    return { inputs: [notBegun(`o${queued.id}-unable`, delivery, fault)], taken }
  }
  if (row === undefined && situation.facts.units !== null) {
    const health = { ok: true, detail: 'it was not there' }
    const id = `o${queued.id}-absent`
    return { inputs: [{ id, kind: 'outcome', delivery, result: 'removed', digests: [], health, error: '' }], taken }
  }
  const work = { ...blankWork, output: queued.id, kind: 'remove' as const, delivery, service, epoch, role: output.role }
  const uuid = row?.uuid || situation.settings.uuidOf(service)
  const inPlace = row ? unitOf(row) : (unit ?? { name: service, version: '' })
  const memory = withEpoch(roomFor(situation.memory), service, epoch)
  return { memory: withWork(memory, { ...work, unit: inPlace, means: 'units', uuid }) }
}

/** The deployment unit of a service: by the UUID that this ACS gives it, else by the name that it goes by. */
export function rowOf({ facts, settings }: Situation, service: string, name: string): DeploymentUnit | undefined {
  const uuid = settings.uuidOf(service)
  const rows = facts.units ?? []
  return rows.find((row) => row.uuid.toLowerCase() === uuid) ?? rows.find((row) => unitOf(row).name === name)
}

/** Of works that nobody waits for the oldest is given up where there are too many. */
function roomFor(memory: Memory): Memory {
  if (memory.works.length < workLimit) return memory
  const oldest = memory.works.find(({ abandoned }) => abandoned)
  return oldest ? withoutWork(memory, oldest.output) : memory
}

/** A work before anything of it is known. */
export const blankWork: Omit<Work, 'output' | 'kind'> = {
  delivery: '',
  service: '',
  epoch: 0,
  role: 'files',
  unit: { name: '', version: '' },
  means: 'download',
  state: 'asked',
  sent: false,
  manifest: '',
  file: 0,
  uuid: '',
  said: null,
  missed: 0,
  abandoned: false,
  log: null,
}
