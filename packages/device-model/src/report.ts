import type { Digest } from './manifest.ts'

/** Device classes a component may be made for. */
export type DeviceClass = 'set-top-box' | 'phone' | 'gateway'

/**
 * What a device says of itself. What it does not say is absent: expressions over it do not hold then. Our own agent says all
 * but `units`; what a foreign protocol can say is in its SPEC.md.
 */
export interface CapabilityReport {
  readonly class: DeviceClass
  /** Over which protocol it was said; absent = native. */
  readonly protocol?: string
  readonly hardware: { readonly model: string; readonly arch: string; readonly cpus?: number }
  readonly os: { readonly name: string; readonly version: string }
  /** Bytes. */
  readonly memory?: { readonly total: number }
  /** Bytes, of the volume services are installed on. */
  readonly storage?: { readonly total: number; readonly free: number }
  /** Runtime name → version, for example `{ "node": "20.11.0" }`. */
  readonly runtimes: Readonly<Record<string, string>>
  /** Optional protocol features, for example `restart`. */
  readonly features: readonly string[]
  /** IANA name, for example `Europe/Berlin`: quiet hours are judged in it. */
  readonly timeZone?: string
  /** Its way to the hub, where it knows; `type` in a word, for example `ethernet`, `wifi`, `cellular`. */
  readonly network?: { readonly metered: boolean; readonly type: string }
  /**
   * What its protocol cannot carry to it, and why, as sentences: by install role, `several-files` for components of more than
   * one file. The hub asks the protocol when the report comes; absent = everything can be carried.
   */
  readonly limits?: Readonly<Record<string, string>>
  /** What `configure` can set, by name, and how it is set now; absent where the device does not say. */
  readonly settings?: Readonly<Record<string, DeviceSetting>>
  readonly installed: readonly InstalledComponent[]
  /** What it runs, in its own words: of devices that know no manifests. */
  readonly units?: readonly Unit[]
}

/** A new value has the type of the one in force. */
export interface DeviceSetting {
  readonly value: string | number | boolean
  /** Of a number. */
  readonly least?: number
  readonly most?: number
  /** Of a text; absent = any. */
  readonly choices?: readonly string[]
}

/** A component that is in place on a device. `manifest` is the digest of its manifest, rebuilt from the files in place. */
export interface InstalledComponent {
  readonly service: string
  readonly version: string
  readonly component: string
  readonly manifest: Digest
  readonly epoch: number
  /** Paths of files that are missing or changed, some of them where there are many; absent = the device does not say. */
  readonly wrong?: readonly string[]
}

/**
 * What a device without our agent says it runs: a deployment unit, a firmware, a Mender artifact, a software package. The
 * manifest's `reports` says which of them is which component.
 */
export interface Unit {
  readonly name: string
  /** '' where the protocol has only a name. */
  readonly version: string
}
