import { DdiDevice, type DdiDeviceOptions } from './ddi-device.ts'

export interface DdiFleetOptions extends Pick<
  DdiDeviceOptions,
  'hub' | 'tenant' | 'credential' | 'attributes' | 'reportsUnits'
> {
  readonly devices: number
  /** Requests under way at once. */
  readonly atOnce?: number
}

/** Many devices of one tenant that poll with one gateway token, or one token each by `credential`. */
export class DdiFleet {
  readonly devices: readonly DdiDevice[]
  readonly #atOnce: number

  constructor({ devices, atOnce = 100, ...shared }: DdiFleetOptions) {
    this.#atOnce = atOnce
    this.devices = Array.from(
      { length: devices },
      (_, index) => new DdiDevice({ ...shared, controller: `ddi-${String(index).padStart(5, '0')}` }),
    )
  }

  /** Every device polls once. @returns how many were answered with 200 */
  async pollAll(): Promise<number> {
    let next = 0
    let good = 0
    const poller = async (): Promise<void> => {
      for (let device = this.devices[next++]; device; device = this.devices[next++])
        if ((await device.poll()) === 200) good++
    }
    await Promise.all(Array.from({ length: Math.min(this.#atOnce, this.devices.length) }, poller))
    return good
  }

  losePower(): void {
    for (const device of this.devices) device.losePower()
  }
}
