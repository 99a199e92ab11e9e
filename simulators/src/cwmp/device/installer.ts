import { TransferFault } from '../net/file-transfer.ts'
import { labelOf, type ImageLabel } from './image.ts'
import type { DataModel } from '../model/data-model.ts'
import type { DeviceFaults } from './habits.ts'
import type { UnitJob, UnitJobResult } from './jobs.ts'

/** What the device has in place, as its data model shows it. */
export class Installer {
  /** Files of the kinds Web Content and Vendor Configuration, by name. */
  readonly files = new Map<string, Buffer>()
  /** The firmware's name, which the data model has no place for. */
  firmware = ''
  installs = 0
  readonly #model: DataModel
  readonly #faults: DeviceFaults

  constructor(model: DataModel, faults: DeviceFaults) {
    this.#model = model
    this.#faults = faults
  }

  apply(fileType: string, target: string, content: Buffer): void {
    const label = labelOf(content)
    this.installs++
    if (this.#faults.pretend) return
    if (fileType.startsWith('1 ')) {
      this.firmware = label.name
      this.#model.put('DeviceInfo.SoftwareVersion', label.version)
      return
    }
    this.files.set(target || label.name, content)
    if (fileType.startsWith('3 ')) this.#configure(label)
  }

  /** @throws TransferFault where the unit's state does not allow the operation */
  checkUnit(job: UnitJob): void {
    const row = this.rowOf(job.uuid)
    if (job.operation === 'InstallOpStruct' && row !== undefined)
      throw new TransferFault(9026, 'that deployment unit is there already')
    if (job.operation === 'UpdateOpStruct' && row === undefined)
      throw new TransferFault(9028, 'no such deployment unit')
  }

  place({ uuid }: UnitJob, { name, version }: ImageLabel, url: string): UnitJobResult {
    const row = this.rowOf(uuid)
    this.installs++
    if (this.#faults.pretend && row !== undefined) return result(uuid, row, version, 'Installed')
    const path = row ?? `${this.#table}${this.#model.add(this.#table)}.`
    this.#write(path, { UUID: uuid, DUID: name, Name: name, Version: version, Status: 'Installed', URL: url })
    return result(uuid, path, version, 'Installed')
  }

  /** @throws TransferFault where there is no such unit */
  uninstall({ uuid, version }: UnitJob): UnitJobResult {
    const row = this.rowOf(uuid)
    if (row === undefined) throw new TransferFault(9028, 'no such deployment unit')
    this.#model.remove(row)
    return result(uuid, row, version, 'Uninstalled')
  }

  /** What runs as a unit, by name and version. */
  units(): ImageLabel[] {
    const of = (row: string, name: string) => this.#model.at(row + name)?.value ?? ''
    return this.#model
      .level(this.#table)
      .filter((row) => row !== this.#table)
      .map((row) => ({ name: of(row, 'Name'), version: of(row, 'Version') }))
  }

  /** Changes what is in place behind the hub's back. */
  alter(units: readonly ImageLabel[]): void {
    for (const row of this.#model.level(this.#table)) this.#model.remove(row)
    for (const { name, version } of units) {
      const path = `${this.#table}${this.#model.add(this.#table)}.`
      this.#write(path, { UUID: `altered-${name}`, Name: name, Version: version })
    }
  }

  reset(): void {
    this.files.clear()
    this.#model.put('ManagementServer.ParameterKey', '')
    this.alter([])
    for (const row of this.#model.level(`${this.#model.root}DeviceInfo.VendorConfigFile.`)) this.#model.remove(row)
  }

  rowOf(uuid: string): string | undefined {
    return this.#model.level(this.#table).find((path) => this.#model.at(`${path}UUID`)?.value === uuid)
  }

  get #table(): string {
    return `${this.#model.root}SoftwareModules.DeploymentUnit.`
  }

  #configure({ name, version }: ImageLabel): void {
    const table = `${this.#model.root}DeviceInfo.VendorConfigFile.`
    const row = this.#model.level(table).find((path) => this.#model.at(`${path}Name`)?.value === name)
    this.#write(row ?? `${table}${this.#model.add(table)}.`, { Name: name, Version: version })
  }

  #write(path: string, values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values))
      this.#model.put(path.slice(this.#model.root.length) + name, value)
  }
}

function result(uuid: string, row: string, version: string, state: 'Installed' | 'Uninstalled'): UnitJobResult {
  return { uuid, unit: row.replace(/\.$/, ''), version, state, code: 0, text: '' }
}
