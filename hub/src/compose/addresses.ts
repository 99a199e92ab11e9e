import type { Config } from '../config.ts'
import type { Ports } from '../platform/http/browser-devices/origins.ts'
import type { Listening } from './listeners.ts'

/** Where others find the hub: as the settings name it, else, from the start on, as it listens on this machine. */
export interface Addresses {
  readonly url: string
  readonly mqtt: string
  /** For devices without our agent. */
  readonly devices: string
  readonly ports: { readonly web: Ports; readonly apps: Ports }
}

/** What is known of them now, and how to say where the hub listens. */
export interface KnownAddresses {
  now(): Addresses
  listening(at: Listening): void
}

const none: Ports = { secure: null, plain: null }

export function addressesOf({ publicUrl, mqttPublicUrl, deviceUrl }: Config): KnownAddresses {
  let now: Addresses = {
    url: publicUrl ?? '',
    mqtt: mqttPublicUrl ?? '',
    devices: deviceUrl ?? '',
    ports: { web: none, apps: none },
  }
  return {
    now: () => now,
    listening(at) {
      const url = now.url || at.url
      now = { url, mqtt: now.mqtt || at.mqtt, devices: now.devices || (at.deviceUrl ?? url), ports: at.ports }
    },
  }
}
