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

  /** What each of these devices gets. Reports are read only where it depends on them and none like it was judged before. */
  async of(version: VersionDefinition, rows: readonly TargetRow[]): Promise<(row: TargetRow) => Fitting> {
    const known = this.#of(version)
    const asks = new Map<string, boolean>()
    const keyOf = (row: TargetRow): string => {
      let asking = asks.get(row.class)
      if (asking === undefined) asks.set(row.class, (asking = asksReport(version, row.class)))
      return asking ? `${row.class}/${row.digest ?? ''}` : row.class
    }
    const wanted = new Map(rows.map((row) => [keyOf(row), row]))
    const missing = new Map([...wanted].filter(([key]) => !known.has(key)))
    const reports = await this.#entities.targets.reports(
      [...missing].flatMap(([key, { device, class: name }]) => (key === name ? [] : [device])),
    )
    const found = new Map<string, Fitting>()
    for (const [key, row] of wanted)
      found.set(key, known.get(key) ?? this.#judge(version, row, reports.get(row.device) ?? null))
    if (known.size + missing.size > reportsOfVersion) known.clear()
    if (missing.size <= reportsOfVersion) for (const key of missing.keys()) known.set(key, found.get(key)!)
    return (row) => found.get(keyOf(row))!
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

/** Whether it depends on its report what a device of this class gets. */
function asksReport({ components }: VersionDefinition, deviceClass: string): boolean {
  const first = components.find((component) => component.deviceClass === deviceClass)
  // By the report, too, it is known that a protocol cannot carry something.
  return first !== undefined && (first.compatibility.trim() !== 'true' || first.role !== 'files')
}
