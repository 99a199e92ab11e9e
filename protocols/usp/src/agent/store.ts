import type { Input, ProtocolHost } from '@sutler/device-model'
import { memoryOf, type Memory } from '../session/memory.ts'

/** Another hub has written what is remembered of the device: the agent is its now. */
export class Overtaken extends Error {
  constructor(device: string) {
    super(`another hub has taken over ${device}`)
    this.name = 'Overtaken'
  }
}

/** One device at the host: what is remembered of it, and what it says. */
export class DeviceStore {
  readonly device: string
  readonly host: ProtocolHost
  readonly #endpoint: string
  readonly #via: string
  #memory: Memory | null = null
  #version = 0

  constructor(host: ProtocolHost, device: string, endpoint: string, via: string) {
    this.host = host
    this.device = device
    this.#endpoint = endpoint
    this.#via = via
  }

  async memory(): Promise<Memory> {
    if (this.#memory === null) {
      const { version, value } = await this.host.recall(this.device)
      this.#version = version
      this.#memory = memoryOf(value, this.#endpoint, this.#via)
      if (version === 0 || this.#moved(value)) await this.keep(this.#memory)
    }
    return this.#memory
  }

  /** @throws Overtaken */
  async keep(memory: Memory): Promise<void> {
    const version = await this.host.remember(this.device, memory, this.#version)
    if (version === null) throw new Overtaken(this.device)
    this.#version = version
    this.#memory = memory
  }

  /** Resolves when they are durable. */
  async say(...inputs: readonly Input[]): Promise<void> {
    if (inputs.length > 0) await this.host.inputs(this.device, inputs)
  }

  /** The agent comes by another way than it did. */
  #moved(value: unknown): boolean {
    const known = value as Partial<Memory> | null
    return known?.endpoint !== this.#endpoint || known.via !== this.#via
  }
}
