import type { GetResp } from '../wire/index.ts'

/** Values of a data model by full parameter path, for example `Device.DeviceInfo.ModelName`. */
export type Values = ReadonlyMap<string, string>

/** All that a Get gave; paths that the agent does not have are just not there. */
export function valuesOf({ reqPathResults }: GetResp): Values {
  const values = new Map<string, string>()
  for (const { resolvedPathResults } of reqPathResults)
    for (const { resolvedPath, resultParams } of resolvedPathResults)
      for (const [name, value] of resultParams) values.set(resolvedPath + name, value)
  return values
}

/** One instance of a table: `path` ends in a dot; parameters by their names below it. */
export interface Instance {
  readonly path: string
  readonly get: (name: string) => string
}

/** Instances of a multi-instance object, by instance number. @param table for example `Device.SoftwareModules.DeploymentUnit.` */
export function instancesOf(values: Values, table: string): Instance[] {
  const paths = new Set<string>()
  for (const path of values.keys()) {
    if (!path.startsWith(table)) continue
    const number = /^\d+\./.exec(path.slice(table.length))
    if (number) paths.add(table + number[0])
  }
  return [...paths]
    .toSorted((one, other) => instanceNumber(one) - instanceNumber(other))
    .map((path) => ({ path, get: (name) => values.get(path + name) ?? '' }))
}

function instanceNumber(path: string): number {
  return Number(/(\d+)\.$/.exec(path)?.[1] ?? 0)
}

/** A reference as data models write it, with or without the dot at the end, as an object path. */
export function objectPath(reference: string): string {
  return reference === '' || reference.endsWith('.') ? reference : `${reference}.`
}
