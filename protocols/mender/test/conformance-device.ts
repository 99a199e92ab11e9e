import type { ProgressStage, Unit } from '@sutler/device-model'
import type { SimulatedDevice, Stop } from '@sutler/device-model/conformance'
import { MenderDevice, type MenderFaults, type MenderStage } from '@sutler/simulators'

/** The stages that a Mender client tells of, by the neutral ones. */
export const stages = { downloading: 'downloading', installing: 'installing', restarting: 'rebooting' } as const

/** The simulated device, with the verbs that the conformance suite has for devices. */
export class ConformanceDevice implements SimulatedDevice {
  readonly id: string
  readonly claim: SimulatedDevice['claim']
  readonly device: MenderDevice
  readonly #faults: MenderFaults = {}
  #on = false
  #work: Promise<unknown> | null = null
  #holdAt: MenderStage | null = null
  #release: (() => void) | null = null

  /** @param url of the hub */
  constructor(id: string, url: string) {
    this.id = id
    this.device = new MenderDevice({
      hub: url,
      identity: { serial: id },
      deviceType: 'board',
      inventory: { os: 'Debian GNU/Linux 12' },
      reboots: true,
      faults: this.#faults,
      during: (status) => this.#during(status),
      retryMilliseconds: 10,
    })
    this.claim = { protocol: 'mender', identity: this.device.identity }
  }

  async on(): Promise<void> {
    this.#on = true
    await this.device.on()
  }

  async off(): Promise<void> {
    this.#on = false
    this.device.off()
    this.#release?.()
    await this.#work
  }

  async turn(): Promise<void> {
    if (!this.#on) return
    this.#work ??= this.device.poll().finally(() => (this.#work = null))
    // It may take its time, or wait for the test.
    await Promise.race([this.#work, new Promise((resolve) => setTimeout(resolve, 20))])
  }

  failAt(stop: Stop | null): void {
    const at: Readonly<Record<string, MenderFaults['failAt']>> = { ...stages, accept: 'given' }
    this.#faults.failAt = stop === null ? undefined : at[stop]
  }

  holdAt(stage: ProgressStage | null): void {
    this.#holdAt = (stage && (stages as Readonly<Record<string, MenderStage>>)[stage]) ?? null
    if (stage === null) this.#release?.()
  }

  held(): boolean {
    return this.#release !== null
  }

  stutter(on: boolean): void {
    this.#faults.repeats = on
  }

  runs(): readonly Unit[] {
    const software = Object.entries(this.device.provides).flatMap(([name, version]) => {
      const [, unit] = /^rootfs-image\.(.+)\.version$/.exec(name) ?? []
      return unit === undefined ? [] : [{ name: unit, version }]
    })
    return [{ name: this.device.artifact, version: '' }, ...software]
  }

  alter(units: readonly Unit[]): void {
    const software = units.map(({ name, version }) => [`rootfs-image.${name}.version`, version])
    this.device.provides = { ...Object.fromEntries(software), artifact_name: 'by-other-hands' }
  }

  pretend(on: boolean): void {
    this.#faults.pretends = on
  }

  installs(): number {
    return this.device.installs
  }

  asked(): [] {
    return []
  }

  async #during(status: string): Promise<void> {
    if (status !== this.#holdAt) return
    await new Promise<void>((resolve) => (this.#release = resolve))
    this.#release = null
  }
}
