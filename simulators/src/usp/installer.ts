import type { UspFaults } from './faults.ts'
import type { UspState, UspUnit } from './state.ts'

/** What one asynchronous command does; resolves with its output arguments. @throws Error when it fails */
export type Operation = (signal: AbortSignal, point: { noReturn(): void }) => Promise<void>

/** A package of the simulator says what it is in its first line: `<name> <version>`. */
function identityOf(content: Buffer): { name: string; version: string } {
  const [, name, version] = /^(\S+) (\S+)\n/.exec(content.subarray(0, 200).toString()) ?? []
  if (name === undefined || version === undefined) throw new Error('the package does not say what it is')
  return { name, version }
}

/** Commands of a simulated agent that take their time. */
export class Installer {
  readonly #state: UspState
  readonly #faults: UspFaults
  /** How often something was put in place. */
  installs = 0

  constructor(state: UspState, faults: UspFaults) {
    this.#state = state
    this.#faults = faults
  }

  /** `Device.SoftwareModules.InstallDU()` */
  install(args: ReadonlyMap<string, string>): Operation {
    return async (signal, point) => {
      const { name, version } = identityOf(await this.#fetch(args.get('URL') ?? '', signal, point))
      if (this.#faults.pretends) return
      const uuid = args.get('UUID') || `${name}-uuid`
      const there = [...this.#state.units.values()].find((unit) => unit.uuid === uuid && unit.version === version)
      if (there) throw new Error('this version is installed already')
      this.#state.units.set(this.#state.instance(), { uuid, name, version, status: 'Installed' })
      this.installs++
    }
  }

  /** `DeploymentUnit.{i}.Update()` */
  update(unit: UspUnit, args: ReadonlyMap<string, string>): Operation {
    return async (signal, point) => {
      const { name, version } = identityOf(await this.#fetch(args.get('URL') ?? '', signal, point))
      if (this.#faults.pretends) return
      Object.assign(unit, { name, version, status: 'Installed' })
      this.installs++
    }
  }

  /** `DeploymentUnit.{i}.Uninstall()` */
  uninstall(instance: number): Operation {
    return async () => void this.#state.units.delete(instance)
  }

  /** `FirmwareImage.{i}.Download()` */
  download(instance: number, args: ReadonlyMap<string, string>): Operation {
    return async (signal, point) => {
      const image = this.#state.images.get(instance)!
      image.status = 'Downloading'
      try {
        const content = await this.#fetch(args.get('URL') ?? '', signal, point)
        if (args.get('FileSize') !== String(content.length)) throw new Error('the image has another size')
        Object.assign(image, { ...identityOf(content), status: 'Available', bootFailure: '' })
      } catch (error) {
        image.status = 'DownloadFailed'
        throw error
      }
    }
  }

  async #fetch(url: string, signal: AbortSignal, point: { noReturn(): void }): Promise<Buffer> {
    await this.#faults.at('downloading', signal)
    const response = await fetch(url, { signal })
    if (!response.ok) throw new Error(`${response.status} for the file`)
    const content = Buffer.from(await response.arrayBuffer())
    await this.#faults.at('verifying', signal)
    point.noReturn()
    await this.#faults.at('installing', new AbortController().signal)
    return content
  }
}
