import type { DeviceProtocol, QueuedOutput } from '@sutler/device-model'
import { actAsHub } from '../../../platform/acting.ts'
import { completed } from './complete-outputs.ts'
import type { ConsumerDependencies } from './dependencies.ts'
import type { Refusing, TakeOut } from './refusing.ts'
import type { OpenOutput } from './storage.ts'

/** Outputs that a device is given at once at most. */
const most = 16

interface Asking {
  readonly device: string
  readonly limit: number
  readonly settle: (outputs: readonly OpenOutput[]) => void
  readonly fail: (error: unknown) => void
}

/**
 * The queue as devices that poll fetch it. Those that ask while a look is under way share the next one, so that thousands of
 * polls with nothing to do cost few statements.
 */
export class Fetching {
  readonly #deps: ConsumerDependencies
  readonly #refusing: Refusing
  readonly #takeOut: TakeOut
  #asking: Asking[] = []
  #looking = false

  constructor(deps: ConsumerDependencies, refusing: Refusing, takeOut: TakeOut) {
    this.#deps = deps
    this.#refusing = refusing
    this.#takeOut = takeOut
  }

  async outputs(protocol: DeviceProtocol, device: string, limit: number): Promise<QueuedOutput[]> {
    const open = await this.#open(device, Math.min(most, Math.max(1, limit)))
    if (open.length === 0) return []
    return actAsHub(async () => {
      const whole = await completed(this.#deps, protocol, open)
      const able = await this.#refusing.carried(protocol, whole, this.#takeOut)
      const ids = able.map(({ id }) => id)
      await this.#deps.storage.markSent(this.#deps.database.sql, ids, new Date(this.#deps.clock.now()))
      return able
    })
  }

  #open(device: string, limit: number): Promise<readonly OpenOutput[]> {
    const found = new Promise<readonly OpenOutput[]>((settle, fail) =>
      this.#asking.push({ device, limit, settle, fail }),
    )
    if (!this.#looking) {
      this.#looking = true
      setImmediate(() => void actAsHub(() => this.#look()))
    }
    return found
  }

  async #look(): Promise<void> {
    while (this.#asking.length > 0) {
      const asked = this.#asking.splice(0, 500)
      try {
        const devices = [...new Set(asked.map(({ device }) => device))]
        const open = Map.groupBy(
          await this.#deps.storage.open(this.#deps.database.sql, devices, most),
          ({ device }) => device,
        )
        for (const { device, limit, settle } of asked) settle((open.get(device) ?? []).slice(0, limit))
      } catch (error) {
        for (const { fail } of asked) fail(error)
      }
    }
    this.#looking = false
  }
}
