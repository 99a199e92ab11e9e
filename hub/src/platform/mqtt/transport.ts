import { errorCode } from '../errors.ts'

export const deviceNotConnected = errorCode(
  'device-not-connected',
  503,
  'The device is not connected',
  'Nothing to do: what is for the device stays queued and is sent when it comes back.',
)

/** What the native protocol needs of a broker. Nothing here is durable: acknowledgements are the application's. */
export interface NativeTransport {
  /**
   * Hands one message to the device's connection; resolves when the connection has taken it, which says nothing about the
   * device. Messages to one device keep their order.
   * @throws OutsideError `device-not-connected`, also when the device reads too slowly and was cut
   */
  publish(device: string, payload: Uint8Array): Promise<void>
  /** True if the device is connected and listens. */
  connected(device: string): boolean
  /** While a returned promise is pending, no more is read from that device. */
  onMessage(listener: (device: string, payload: Uint8Array) => void | Promise<void>): void
  /** The device listens now: after its SUBSCRIBE, not already after CONNECT. */
  onConnected(listener: (device: string) => void): void
  onDisconnected(listener: (device: string) => void): void
  /** Closes the device's connection, if it has one: for revocation. */
  disconnect(device: string): void
}

/** MQTT 3.1.1 topics; compared as exact strings, so no wildcard ever matches one. */
export function upTopic(device: string): string {
  return `sutler/1/${device}/up`
}
export function downTopic(device: string): string {
  return `sutler/1/${device}/down`
}
