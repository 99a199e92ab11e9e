import { acknowledgeDown, queueUp, settingsRefusal } from '@sutler/wire'
import type { Collect, Configure, Restart, Setting, SettingValue, Show } from '@sutler/wire'
import type { NativeDevice } from './native-device.ts'

export type Request = Collect | Restart | Configure | Show

/** What a device that can be asked for everything has among its features. */
export const requestFeatures = ['takes-collect', 'takes-configure', 'takes-restart', 'takes-show'] as const

const declared: Readonly<Record<string, Setting>> = {
  brightness: { value: 80, most: 100 },
  standby: { value: 'quick', choices: ['quick', 'deep'] },
}
const nothing = {}

/** What a device is asked beside deliveries. Each is acknowledged when it is done; most devices are never asked for any. */
export class DeviceRequests {
  readonly #device: NativeDevice
  #chosen: Readonly<Record<string, SettingValue>> = nothing
  /** Restarts in hand, by message: the start in which each was asked for. */
  #restarts: Readonly<Record<string, string>> = nothing
  /** Logs on their way, by their own id: the message that asked. */
  #answers: Readonly<Record<string, string>> = nothing

  constructor(device: NativeDevice) {
    this.#device = device
  }

  get settings(): Readonly<Record<string, Setting>> {
    const set = Object.entries(declared).map(([name, setting]) => [
      name,
      { ...setting, value: this.#chosen[name] ?? setting.value },
    ])
    return Object.fromEntries(set) as Record<string, Setting>
  }

  take(request: Request): void {
    const { session } = this.#device
    switch (request.t) {
      case 'collect':
        return this.#collect(request)
      case 'restart':
        return this.#restart(request)
      case 'configure':
        if (settingsRefusal(this.settings, request.settings) !== null)
          return acknowledgeDown(session, request.id, 'bad-field')
        this.#chosen = { ...this.#chosen, ...request.settings }
        this.#device.queueCapabilities()
        return acknowledgeDown(session, request.id)
      case 'show':
        return acknowledgeDown(session, request.id)
    }
  }

  /** The hub has one of the device's messages. */
  acknowledged(id: string): void {
    const { [id]: asked, ...others } = this.#answers
    if (asked === undefined) return
    this.#answers = others
    acknowledgeDown(this.#device.session, asked)
  }

  #collect({ id, request, bytes }: Collect): void {
    const { serial } = this.#device.profile
    const lines = [`${serial} was switched on`, `${serial} has joined the hub`]
    const fit = lines.filter((_, at) => lines.slice(at).join('\n').length < bytes)
    this.#answers = { ...this.#answers, [queueUp(this.#device.session, { t: 'log', request, lines: fit })]: id }
  }

  #restart({ id }: Restart): void {
    const { boot } = this.#device.session
    const { [id]: since, ...others } = this.#restarts
    if (since === undefined || since === boot) {
      this.#restarts = { ...others, [id]: boot }
      return this.#device.restart()
    }
    this.#restarts = others
    acknowledgeDown(this.#device.session, id)
  }
}
