import { faultSentence } from '../../mapping/faults.ts'
import { valueTypes, type CpeFault, type SetValue, type ValueType } from '../../wire/values.ts'
import { isAnswer, type Change, type Move, type Rule, type Situation } from '../situation.ts'

/**
 * Settings by their full names, or relative to the root. A path that ends in a dot with the value `false` is a row that is
 * deleted; `+` in place of a row's number adds one: `Device.NAT.PortMapping.+.ExternalPort`. Types are those that the device
 * says it has: they are read before they are written.
 */
export const configure: Rule = (situation): Move | null => {
  const queued = situation.outputs.find(({ output }) => output.kind === 'configure')
  if (queued?.output.kind !== 'configure') return null
  const { id } = queued
  const { memory, facts } = situation
  const settings = Object.entries(queued.output.settings).map(
    ([name, value]) => [full(memory.root, name), value] as const,
  )
  const removed = settings.find(([name, value]) => isRow(name) && value === false && !facts.asked.has(`${id} ${name}`))
  if (removed) return deleteRow(situation, id, removed[0])
  const table = settings
    .map(([name]) => tableOf(name))
    .find((each) => each !== null && !facts.values.has(`${id} ${each}`))
  if (table != null) return addRow(situation, id, table)
  const values = settings
    .filter(([name]) => !isRow(name))
    .map(([name, value]) => [named(facts, id, name), value] as const)
  if (values.length === 0) return { change: { taken: [{ output: id, error: null }] } }
  if (values.some(([name]) => !facts.values.has(`${id} ${name}`))) return readTypes(situation, id, values)
  return write(situation, id, values)
}

type Value = string | number | boolean

const isRow = (name: string) => name.endsWith('.')

function full(root: string, name: string): string {
  return /^(?:Device|InternetGatewayDevice)\./.test(name) ? name : root + name
}

/** `Device.NAT.PortMapping.` of `Device.NAT.PortMapping.+.ExternalPort`. */
function tableOf(name: string): string | null {
  const at = name.indexOf('.+.')
  return at === -1 ? null : name.slice(0, at + 1)
}

/** With the number of the row that was added. */
function named(facts: Situation['facts'], id: number, name: string): string {
  const table = tableOf(name)
  const instance = table === null ? undefined : facts.values.get(`${id} ${table}`)?.value
  return instance === undefined ? name : `${table}${instance}${name.slice(table!.length + 1)}`
}

/** What one output has found out, beside the values of the device. */
function noted({ facts }: Situation, id: number, name: string, value: string, type = 'string') {
  const values = new Map(facts.values)
  values.set(`${id} ${name}`, { name, value, type })
  return { values }
}

function deleteRow(situation: Situation, id: number, path: string): Move {
  const asked = new Set([...situation.facts.asked, `${id} ${path}`])
  return {
    task: {
      request: { method: 'DeleteObject', path, parameterKey: situation.settings.parameterKey },
      answered: () => ({ facts: { asked } }),
      // 9005: it is not there, as wanted.
      failed: (_now, fault) => (fault.code === 9005 ? { facts: { asked } } : refused(id, fault)),
    },
  }
}

function addRow(situation: Situation, id: number, table: string): Move {
  return {
    task: {
      request: { method: 'AddObject', path: table, parameterKey: situation.settings.parameterKey },
      answered: (now, response) =>
        isAnswer(response, 'AddObject') ? { facts: noted(now, id, table, String(response.instance)) } : {},
      failed: (_now, fault) => refused(id, fault),
    },
  }
}

function readTypes(_situation: Situation, id: number, values: readonly (readonly [string, Value])[]): Move {
  return {
    task: {
      request: { method: 'GetParameterValues', names: values.map(([name]) => name) },
      answered: (now, response) => {
        const found = isAnswer(response, 'GetParameterValues') ? response.parameters : []
        const all = new Map(now.facts.values)
        for (const [name, value] of values) {
          const type = found.find((each) => each.name === name)?.type ?? usual(value)
          all.set(`${id} ${name}`, { name, value: '', type })
        }
        return { facts: { values: all } }
      },
      failed: (_now, fault) => refused(id, fault),
    },
  }
}

function write({ facts, settings }: Situation, id: number, values: readonly (readonly [string, Value])[]): Move {
  const typed = values.map(([name, value]): SetValue => {
    const said = facts.values.get(`${id} ${name}`)?.type as ValueType
    return { name, value: textOf(value), type: valueTypes.includes(said) ? said : usual(value) }
  })
  return {
    task: {
      request: { method: 'SetParameterValues', values: typed, parameterKey: settings.parameterKey },
      answered: () => ({ taken: [{ output: id, error: null }] }),
      failed: (_now, fault) => refused(id, fault),
    },
  }
}

function textOf(value: Value): string {
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value)
}

function usual(value: Value): ValueType {
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'number' ? (value < 0 ? 'int' : 'unsignedInt') : 'string'
}

function refused(id: number, fault: CpeFault): Change {
  const wrong = fault.parameters.map(({ name, code, text }) => `${name}: ${faultSentence({ code, text })}`)
  return { taken: [{ output: id, error: [faultSentence(fault), ...wrong].join('; ').slice(0, 2000) }] }
}
