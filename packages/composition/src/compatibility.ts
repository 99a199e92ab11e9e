import type { CapabilityReport } from '@sutler/device-model'
import { compile, conjuncts, evaluate, ExpressionError, type JsonObject } from '@sutler/expressions'

/** A device to try expressions on before any real one meets them. */
const specimen: CapabilityReport = {
  class: 'set-top-box',
  hardware: { model: 'specimen', arch: 'arm64', cpus: 4 },
  os: { name: 'linux', version: '6.1.0' },
  memory: { total: 2_147_483_648 },
  storage: { total: 8_589_934_592, free: 4_294_967_296 },
  runtimes: {},
  features: [],
  timeZone: 'UTC',
  installed: [],
}

/** What is wrong with a compatibility expression itself, with the position in it; null when devices can be judged by it. */
export function compatibilityMistake(source: string): string | null {
  try {
    const compiled = compile(source)
    const unknown = unknownName(compiled.references.map((reference) => reference.path))
    if (unknown !== null) return unknown
    const result = evaluate(compiled, variablesOf(specimen))
    return typeof result === 'boolean' ? null : 'gives no truth value: end it in a comparison, for example >= 2'
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    // A runtime that this one device does not report is no mistake: other devices may.
    if (error.code === 'missing-key') return null
    const position = error.position === undefined ? '' : ` (at character ${error.position + 1})`
    return `is not a usable CEL expression: ${error.reason}${position}`
  }
}

/** Names that no report ever has, so that the expression would hold for no device. */
function unknownName(references: readonly (readonly string[])[]): string | null {
  const { report } = variablesOf(specimen)
  for (const [variable, ...path] of references) {
    if (variable !== 'report') return `reads “${variable}”: the only variable is report, the device’s capability report`
    let place: unknown = report
    for (const [at, key] of path.entries()) {
      if (path[0] === 'runtimes' || typeof place !== 'object' || place === null || Array.isArray(place)) break
      if (!Object.hasOwn(place, key)) {
        return `reads report.${path.slice(0, at + 1).join('.')}: there are ${Object.keys(place).join(', ')}`
      }
      place = (place as Record<string, unknown>)[key]
    }
  }
  return null
}

/** Whether a device meets a compatibility expression. One that has not reported meets only what asks nothing. */
export function compatible(source: string, report: CapabilityReport | null): boolean {
  if (source.trim() === 'true') return true
  return report !== null && holds(source, variablesOf(report))
}

/**
 * Why a device does not meet a compatibility expression, to be read after “component x”; null when it does. `report` is
 * null for a device that has not reported yet.
 */
export function compatibilityRefusal(source: string, report: CapabilityReport | null): string | null {
  if (source.trim() === 'true') return null
  if (report === null) return `needs ${source}, and the device has not reported its capabilities yet: connect it once`
  const variables = variablesOf(report)
  if (holds(source, variables)) return null
  const unmet = conjuncts(source).filter((part) => !holds(part, variables))
  return `needs ${(unmet.length > 0 ? unmet : [source]).join(' and ')}, which the device does not meet`
}

function holds(source: string, variables: { report: JsonObject }): boolean {
  try {
    return evaluate(compile(source), variables) === true
  } catch (error) {
    // What a device does not report, it does not have; anything else was refused when the version was published.
    if (error instanceof ExpressionError) return false
    throw error
  }
}

/** What expressions see: not what is installed, so that a version's fit does not change with its own installation. */
function variablesOf(report: CapabilityReport): { report: JsonObject } {
  const { class: deviceClass, protocol = 'native', hardware, os, memory, storage, runtimes, features } = report
  const seen = { class: deviceClass, protocol, hardware, os, memory, storage, runtimes, features }
  // What is undefined was not said, and is no value of an expression.
  return { report: Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined)) as JsonObject }
}
