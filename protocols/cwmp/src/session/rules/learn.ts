import { deploymentUnits } from '../../mapping/deployment-units.ts'
import { reportNames } from '../../mapping/report.ts'
import { mayKnow, withRefused } from '../memory.ts'
import { settingNames } from './settle.ts'
import { isAnswer, nowAsked, type Change, type Move, type Rule, type Situation } from '../situation.ts'
import type { Parameter } from '../../wire/values.ts'

/** Objects whose parameters are asked for, relative to the root. */
const objects = ['DeviceInfo.', 'Time.', 'SoftwareModules.', 'ManagementServer.']
/** Says that the table of deployment units is there, however many rows it has. */
const unitTable = 'SoftwareModules.DeploymentUnitNumberOfEntries'
const configurationTable = 'DeviceInfo.VendorConfigFileNumberOfEntries'
const interesting = new Set([...reportNames, ...settingNames, unitTable, configurationTable, 'DeviceInfo.DeviceLog'])

export const hasTable = ({ memory }: Situation, table: 'units' | 'configurations'): boolean =>
  memory.names?.includes(table === 'units' ? unitTable : configurationTable) === true

/** Which methods the device knows. Many answer that they do not know this one. */
export const methods: Rule = (situation) => {
  const { memory, facts } = situation
  if (!facts.report || memory.methods !== null || !mayKnow(memory, 'GetRPCMethods') || facts.asked.has('methods'))
    return null
  const asked = nowAsked(situation, 'methods')
  return {
    task: {
      request: { method: 'GetRPCMethods' },
      answered: (now, response) =>
        isAnswer(response, 'GetRPCMethods') && response.methods.length > 0
          ? { memory: { ...now.memory, methods: response.methods.slice(0, 64) }, facts: asked }
          : { facts: asked },
      failed: (now, { code }) => ({
        memory: code === 9000 ? withRefused(now.memory, 'GetRPCMethods') : now.memory,
        facts: asked,
      }),
    },
  }
}

/**
 * Which parameters the device has: only those are asked for afterwards. A name that it does not have makes a device refuse the
 * whole request (9005), and some do worse.
 */
export const names: Rule = (situation) => {
  const { memory, facts } = situation
  if (memory.names !== null || !facts.report) return null
  const object = objects.find((each) => !facts.asked.has(each))
  if (object === undefined) return { change: { memory: { ...memory, names: facts.names } } }
  const asked = nowAsked(situation, object)
  return {
    task: {
      request: { method: 'GetParameterNames', path: memory.root + object, nextLevel: false },
      answered: (now, response) => {
        if (!isAnswer(response, 'GetParameterNames')) return { facts: asked }
        const found = response.parameters
          .filter(({ name }) => name.startsWith(now.memory.root))
          .map(({ name }) => name.slice(now.memory.root.length))
          .filter((name) => interesting.has(name))
        return { facts: { ...asked, names: [...now.facts.names, ...found] } }
      },
      failed: () => ({ facts: asked }),
    },
  }
}

/** What the capability report is made of. */
export const values: Rule = (situation) => {
  const { memory, facts } = situation
  if (!facts.report || facts.asked.has('values') || memory.names === null) return null
  const wanted = reportNames.filter((name) => memory.names?.includes(name)).map((name) => memory.root + name)
  const asked = nowAsked(situation, 'values')
  if (wanted.length === 0) return { change: { facts: asked } }
  return read(wanted, (now, found) => ({ facts: { ...nowAsked(now, 'values'), ...merged(now, found) } }))
}

/** The table of deployment units, where there is one and somebody wants to know. */
export const units: Rule = (situation) => {
  const { memory, facts, outputs } = situation
  if (facts.units !== null || !hasTable(situation, 'units')) return null
  const wanted =
    facts.report ||
    facts.inventory ||
    memory.works.some(({ means }) => means === 'units') ||
    outputs.some(({ output }) => (output.kind === 'install' || output.kind === 'remove') && output.role === 'unit')
  if (!wanted) return null
  // Of an empty table some devices say that there is no such name (9005).
  return read([`${memory.root}SoftwareModules.DeploymentUnit.`], (_now, found) => ({
    facts: { units: deploymentUnits(found) },
  }))
}

/** The table of configuration files, likewise. */
export const configurations: Rule = (situation) => {
  const { memory, facts } = situation
  if (facts.asked.has('configurations') || !hasTable(situation, 'configurations')) return null
  const proof = memory.works.some(({ role, state }) => role === 'configuration' && state === 'transferred')
  if (!proof && !facts.report && !facts.inventory) return null
  return read([`${memory.root}DeviceInfo.VendorConfigFile.`], (now, found) => ({
    facts: { ...nowAsked(now, 'configurations'), ...merged(now, found) },
  }))
}

/** Values of these names or paths; none when the device refuses. */
function read(names: readonly string[], then: (now: Situation, found: readonly Parameter[]) => Change): Move {
  return {
    task: {
      request: { method: 'GetParameterValues', names },
      answered: (now, response) => then(now, isAnswer(response, 'GetParameterValues') ? response.parameters : []),
      failed: (now) => then(now, []),
    },
  }
}

function merged({ facts }: Situation, found: readonly Parameter[]) {
  const all = new Map(facts.values)
  for (const parameter of found) all.set(parameter.name, parameter)
  return { values: all }
}
