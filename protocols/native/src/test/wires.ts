import type { NativeTransport } from '../transport/transport.ts'

/** A broker in memory: connections are made and cut by the test, payloads to devices are kept per device. */
export class Wires implements NativeTransport {
  readonly sent = new Map<string, Uint8Array[]>()
  /** Devices that the hub has thrown out. */
  readonly thrownOut: string[] = []
  /** Makes `publish` fail. */
  broken = false
  readonly #connections = new Set<string>()
  #message: (device: string, payload: Uint8Array) => void = () => {}
  #connect: (device: string) => void = () => {}
  #disconnect: (device: string) => void = () => {}

  async publish(device: string, payload: Uint8Array): Promise<void> {
    if (this.broken) throw new Error('the broker is down')
    this.sentTo(device).push(payload)
  }

  sentTo(device: string): Uint8Array[] {
    const sent = this.sent.get(device) ?? []
    this.sent.set(device, sent)
    return sent
  }

  connected(device: string): boolean {
    return this.#connections.has(device)
  }

  onMessage(listener: (device: string, payload: Uint8Array) => void): void {
    this.#message = listener
  }

  onConnected(listener: (device: string) => void): void {
    this.#connect = listener
  }

  onDisconnected(listener: (device: string) => void): void {
    this.#disconnect = listener
  }

  disconnect(device: string): void {
    this.thrownOut.push(device)
    this.cut(device)
  }

  /** The device connects. */
  join(device: string): void {
    this.#connections.add(device)
    this.#connect(device)
  }

  /** The device's connection ends. */
  cut(device: string): void {
    if (this.#connections.delete(device)) this.#disconnect(device)
  }

  /** The device publishes. */
  arrive(device: string, payload: Uint8Array): void {
    if (this.#connections.has(device)) this.#message(device, payload)
  }
}
