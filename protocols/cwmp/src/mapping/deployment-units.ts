import type { Unit } from '@sutler/device-model'
import type { Parameter } from '../wire/values.ts'

/** A row of `SoftwareModules.DeploymentUnit.{i}.` (TR-181 2, TR-157). */
export interface DeploymentUnit {
  /** Full path without the dot at its end. */
  readonly path: string
  readonly uuid: string
  readonly duid: string
  readonly name: string
  readonly version: string
  /** `Installing`, `Installed`, `Updating`, `Uninstalling`, `Uninstalled`; vendors have their own. */
  readonly status: string
  readonly environment: string
}

const row = /^(.*SoftwareModules\.DeploymentUnit\.\d+)\.(UUID|DUID|Name|Version|Status|ExecutionEnvRef)$/
const rowLimit = 512

/** The rows that the values show, in their order. */
export function deploymentUnits(values: Iterable<Parameter>): DeploymentUnit[] {
  const rows = new Map<string, Record<string, string>>()
  for (const { name, value } of values) {
    const found = row.exec(name)
    if (!found || (rows.size >= rowLimit && !rows.has(found[1]!))) continue
    const fields = rows.get(found[1]!) ?? {}
    fields[found[2]!] = value
    rows.set(found[1]!, fields)
  }
  return [...rows].map(([path, fields]) => ({
    path,
    uuid: fields['UUID'] ?? '',
    duid: fields['DUID'] ?? '',
    name: fields['Name'] ?? '',
    version: fields['Version'] ?? '',
    status: fields['Status'] ?? 'Installed',
    environment: fields['ExecutionEnvRef'] ?? '',
  }))
}

/** Whether it is there for good: what is being removed is not. */
export function isInstalled({ status }: DeploymentUnit): boolean {
  return !/^uninstall/i.test(status)
}

/** As the device calls it. */
export function unitOf({ name, duid, uuid, version }: DeploymentUnit): Unit {
  return { name: name || duid || uuid, version }
}
