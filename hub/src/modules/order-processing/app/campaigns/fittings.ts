import type { EntityManagement, TargetRow } from '../../../entity-management/index.ts'
import type { ServiceDefinitions, VersionDefinition } from '../../../service-definitions/index.ts'

/** What a version has for devices of one class that report the same. */
export interface Fitting {
  /** Why nothing fits; null when something does. */
  readonly misfit: string | null
  readonly manifest: string | null
}

const versions = 20
const reportsOfVersion = 20_000

/** Judges which component fits a device. Devices of a fleet report much the same: each report is judged once. Bounded. */
export class Fittings {
  readonly #entities: Pick<EntityManagement, 'targets'>
  readonly #fit: ServiceDefinitions['fit']
  readonly #judged = new Map<string, Map<string, Fitting>>()

  constructor(entities: Pick<EntityManagement, 'targets'>, fit: ServiceDefinitions['fit']) {
    this.#entities = entities
    this.#fit = fit
  }

  /** By `fittingKey`, for all of these devices. Reports are read only where none like them was judged before. */
  async of(version: VersionDefinition, rows: readonly TargetRow[]): Promise<ReadonlyMap<string, Fitting>> {
    const known = this.#of(version)
    const wanted = new Map(rows.map((row) => [fittingKey(row), row]))
    const missing = [...wanted].filter(([key]) => !known.has(key)).map(([, row]) => row)
    const reports = await this.#entities.targets.reports(missing.map(({ device }) => device))
    const found = new Map<string, Fitting>()
    for (const [key, row] of wanted)
      found.set(key, known.get(key) ?? this.#judge(version, row, reports.get(row.device) ?? null))
    if (known.size + missing.length > reportsOfVersion) known.clear()
    if (missing.length <= reportsOfVersion)
      for (const row of missing) known.set(fittingKey(row), found.get(fittingKey(row))!)
    return found
  }

  #judge(version: VersionDefinition, row: TargetRow, report: Parameters<ServiceDefinitions['fit']>[1]): Fitting {
    const { component, ...rest } = this.#fit(version, report, row.class)
    if (component === null) return { misfit: 'reason' in rest ? rest.reason : '', manifest: null }
    return { misfit: null, manifest: component.manifest.digest }
  }

  #of({ tenant, service, version }: VersionDefinition): Map<string, Fitting> {
    const key = `${tenant}/${service}/${version}`
    const found = this.#judged.get(key) ?? new Map<string, Fitting>()
    this.#judged.delete(key)
    this.#judged.set(key, found)
    for (const oldest of this.#judged.keys()) {
      if (this.#judged.size <= versions) break
      this.#judged.delete(oldest)
    }
    return found
  }
}

export function fittingKey({ class: name, digest }: TargetRow): string {
  return `${name}/${digest ?? ''}`
}
