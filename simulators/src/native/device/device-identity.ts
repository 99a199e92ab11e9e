import type { KeyObject } from 'node:crypto'
import type { Peer } from '../net/loopback.ts'
import type { Credentials } from '../net/open-socket.ts'
import { deviceKey } from '../plan/device-key.ts'
import type { DeviceProfile } from '../plan/device-profile.ts'
import type { FleetContext } from './context.ts'
import type { DeviceClock } from './device-clock.ts'
import { enrol, passwordAt, type Enrolment } from './enrolment.ts'

/** By what the hub knows one device: what it was given when it enrolled, and its key. */
export class DeviceIdentity {
  enrolment: Enrolment | null = null
  readonly #context: FleetContext
  readonly #index: number
  /** Kept from the enrolment to the first connection: making it costs as much as signing with it twice. */
  #key: KeyObject | null = null

  constructor(context: FleetContext, index: number) {
    this.#context = context
    this.#index = index
  }

  /** Whether its key takes room in memory now. */
  get holdsKey(): boolean {
    return this.#key !== null
  }

  /** @throws FleetError `hub-refused`, `network` */
  async enrol(profile: DeviceProfile, claim: string): Promise<void> {
    this.#key = deviceKey(this.#context.options.seed, this.#index)
    this.enrolment = await enrol(this.#context, this.#key, profile, claim)
  }

  /** Over TLS the device is its certificate; else it signs. */
  credentials({ tls }: Peer): Credentials {
    const { authority } = this.#context.options
    if (!tls) return { authority, device: null }
    const key = this.#takeKey().export({ type: 'pkcs8', format: 'pem' }) as string
    return { authority, device: { certificate: this.enrolment!.certificate, key } }
  }

  /** The MQTT password for one connection: none where the device is its certificate. */
  password(clock: DeviceClock): string {
    const { mqtt, hub, device } = this.enrolment!
    return mqtt.startsWith('mqtt:') ? passwordAt(this.#takeKey(), hub, device, clock.next()) : ''
  }

  #takeKey(): KeyObject {
    const key = this.#key ?? deviceKey(this.#context.options.seed, this.#index)
    this.#key = null
    return key
  }
}
