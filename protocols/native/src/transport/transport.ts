/** The broker, as the native protocol needs it. The hub's MQTT broker implements it; devices are authenticated there. */
export interface NativeTransport {
  /** Publishes to the device's `down` topic with QoS 1, in the order of the calls. Resolves when handed over. */
  publish(device: string, payload: Uint8Array): Promise<void>
  /** Whether the device has a connection at this moment. */
  connected(device: string): boolean
  /** Payloads of the device's `up` topic, in order. They are not changed afterwards. */
  onMessage(listener: (device: string, payload: Uint8Array) => void): void
  onConnected(listener: (device: string) => void): void
  /** The device has no connection any more; not called when a newer connection has replaced an older one. */
  onDisconnected(listener: (device: string) => void): void
  /** Ends the device's connection. */
  disconnect(device: string): void
}
