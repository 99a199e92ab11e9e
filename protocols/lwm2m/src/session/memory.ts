import { rememberedOf } from './remembered.ts'
import type { ProtocolHost } from '@sutler/device-model'
import type { Remembered } from './remembered.ts'

/** Another hub has gone on with the device: this one's session with it is over. */
export class SessionOver extends Error {
  constructor(device: string) {
    super(`another hub speaks with ${device} now`)
    this.name = 'SessionOver'
  }
}

/** What is remembered of one device, here and in the database alike. */
export class Memory {
  readonly device: string
  readonly #host: ProtocolHost
  #value: Remembered
  #version: number

  private constructor(host: ProtocolHost, device: string, value: Remembered, version: number) {
    this.#host = host
    this.device = device
    this.#value = value
    this.#version = version
  }

  static async of(host: ProtocolHost, device: string): Promise<Memory> {
    const { value, version } = await host.recall(device)
    return new Memory(host, device, rememberedOf(value), version)
  }

  get value(): Remembered {
    return this.#value
  }

  /** Throws SessionOver. */
  async put(value: Remembered): Promise<void> {
    if (value === this.#value) return
    const version = await this.#host.remember(this.device, value, this.#version)
    if (version === null) throw new SessionOver(this.device)
    this.#value = value
    this.#version = version
  }
}
