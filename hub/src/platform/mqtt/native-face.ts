import type { Log } from '../log.ts'
import type { PeerCertificate } from '../tls/peer-certificate.ts'
import type { BrokerFace } from './face.ts'
import { downTopic, upTopic, type NativeTransport } from './transport.ts'

type MessageListener = Parameters<NativeTransport['onMessage']>[0]
type DeviceListener = (device: string) => void

export interface NativeFaceOptions {
  readonly log: Log
  /**
   * True if it is this device: by the certificate that TLS has verified, where there is one, else by the password. A rejection
   * counts as “the hub cannot say now”.
   */
  authenticate(device: string, password: string, certificate: PeerCertificate | null): Promise<boolean>
}

/** The native protocol's devices: whoever no other face claims. */
export class NativeFace implements BrokerFace {
  readonly name = 'native'
  readonly #options: NativeFaceOptions
  readonly #messageListeners: MessageListener[] = []
  readonly #connectedListeners: DeviceListener[] = []
  readonly #disconnectedListeners: DeviceListener[] = []

  constructor(options: NativeFaceOptions) {
    this.#options = options
  }

  onMessage(listener: MessageListener): void {
    this.#messageListeners.push(listener)
  }
  onConnected(listener: DeviceListener): void {
    this.#connectedListeners.push(listener)
  }
  onDisconnected(listener: DeviceListener): void {
    this.#disconnectedListeners.push(listener)
  }

  clientOf(username: string): string {
    return username
  }
  authenticate(device: string, password: string, certificate: PeerCertificate | null): Promise<boolean> {
    return this.#options.authenticate(device, password, certificate)
  }
  maySubscribe(device: string, filter: string): boolean {
    return filter === downTopic(device)
  }
  mayPublish(device: string, topic: string): boolean {
    return topic === upTopic(device)
  }
  mayHear(device: string, topic: string): boolean {
    return topic === downTopic(device)
  }

  received(device: string, _topic: string, payload: Uint8Array): void | Promise<void> {
    const pending: Promise<void>[] = []
    for (const listener of this.#messageListeners) {
      try {
        const result = listener(device, payload)
        if (result instanceof Promise) pending.push(result)
      } catch (error) {
        pending.push(Promise.reject(error as Error))
      }
    }
    return pending.length === 0 ? undefined : this.#settled(device, pending)
  }

  listening(device: string): void {
    this.#tell(this.#connectedListeners, device)
  }
  silent(device: string): void {
    this.#tell(this.#disconnectedListeners, device)
  }

  async #settled(device: string, pending: readonly Promise<void>[]): Promise<void> {
    for (const result of await Promise.allSettled(pending))
      if (result.status === 'rejected')
        this.#options.log.error({ err: result.reason, device }, 'a message was not taken')
  }

  /** An error of a listener is the hub's, not the connection's, and must not end the process. */
  #tell(listeners: readonly DeviceListener[], device: string): void {
    for (const listener of listeners) {
      try {
        listener(device)
      } catch (error) {
        this.#options.log.error({ err: error, device }, 'a change of connection was not taken')
      }
    }
  }
}
