import { isInstalled, unitOf } from '../../mapping/deployment-units.ts'
import { configurationUnits } from '../../mapping/configurations.ts'
import { firmwareUnit } from '../../mapping/firmware.ts'
import { reportOf } from '../../mapping/report.ts'
import type { Unit } from '@sutler/device-model'
import type { Rule, Situation } from '../situation.ts'

/** The capability report, once all of it is known; a `query-capabilities` in the queue is answered by it. */
export const report: Rule = (situation) => {
  const { memory, facts, outputs, device, session } = situation
  if (!facts.report || memory.names === null || !facts.asked.has('values')) return null
  const told = reportOf(memory, facts.values, device.class, unitsInPlace(situation))
  const queries = outputs.filter(({ output }) => output.kind === 'query-capabilities')
  return {
    change: {
      memory: { ...memory, told: true },
      facts: { report: false, inventory: false, told: facts.told + 1 },
      inputs: [{ id: `${session}-report-${facts.told}`, kind: 'capabilities', report: told }],
      taken: queries.map(({ id }) => ({ output: id, error: null })),
    },
  }
}

/** What is in place, without the rest, when something about it may have changed. */
export const inventory: Rule = (situation) => {
  const { facts, session } = situation
  if (!facts.inventory || facts.report) return null
  const units = unitsInPlace(situation)
  const input = { id: `${session}-units-${facts.told}`, kind: 'inventory' as const, units }
  return { change: { facts: { inventory: false, told: facts.told + 1 }, inputs: [input] } }
}

/** Firmware, deployment units, configuration files, and what was installed and cannot be read back. */
function unitsInPlace({ memory, facts }: Situation): Unit[] {
  const deployed = (facts.units ?? []).filter(isInstalled).map(unitOf)
  const configured = configurationUnits(memory.root, facts.values)
  const readable = [...deployed, ...configured]
  const placed = memory.placed.filter(({ name }) => !readable.some((unit) => unit.name === name))
  const firmware = memory.softwareVersion === '' ? [] : [firmwareUnit(memory.softwareVersion, memory.firmware)]
  return [...firmware, ...readable, ...placed]
}
