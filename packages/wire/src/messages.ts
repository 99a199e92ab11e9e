/**
 * The native device protocol, version 1: the messages. packages/wire/sutler.cddl says the same for people who write an
 * agent in another language; a test compares the two.
 *
 * Every message is one CBOR map in one MQTT publish: { id, t, … }. Both sides repeat a message until the other has
 * acknowledged its id, and recognise repeats by it; unknown keys are ignored, unknown types are acknowledged with an error.
 */

/** SHA-256, 32 bytes. */
export type DigestBytes = Uint8Array

export interface Hello {
  readonly id: string
  readonly t: 'hello'
  /** Protocol versions the agent speaks, highest first. */
  readonly versions: readonly number[]
  /** Name and version of the agent software. */
  readonly agent: string
  /** New at every start of the device's agent. */
  readonly boot: string
}

export interface Capabilities {
  readonly id: string
  readonly t: 'capabilities'
  readonly class: string
  readonly hardware: { readonly model: string; readonly arch: string; readonly cpus: number }
  readonly os: { readonly name: string; readonly version: string }
  readonly memory: { readonly total: number }
  readonly storage: { readonly total: number; readonly free: number }
  readonly runtimes: Readonly<Record<string, string>>
  readonly features: readonly string[]
  readonly tz: string
  /** The device's way to the hub; absent = not known. */
  readonly network?: { readonly metered: boolean; readonly type: string }
  readonly installed: readonly {
    readonly service: string
    readonly version: string
    readonly component: string
    readonly manifest: DigestBytes
    readonly epoch: number
    /** Paths of files that are missing or changed. */
    readonly wrong?: readonly string[]
  }[]
  /** What `configure` can set, by name, with the values in force. Absent = nothing. */
  readonly settings?: Readonly<Record<string, Setting>>
}

/** Texts, whole numbers from 0, true or false. */
export type SettingValue = string | number | boolean

/** A new value has the type of the one in force. */
export interface Setting {
  readonly value: SettingValue
  /** Of a number. */
  readonly least?: number
  readonly most?: number
  /** Of a text; absent = any. */
  readonly choices?: readonly string[]
}

export interface Accept {
  readonly id: string
  readonly t: 'accept'
  readonly delivery: string
}

export interface Decline {
  readonly id: string
  readonly t: 'decline'
  readonly delivery: string
  /** superseded | no-space | unsupported | busy | invalid-manifest | refused */
  readonly reason: string
  readonly detail?: string
}

/** Not repeated: a newer one replaces it. Acknowledged all the same. */
export interface Progress {
  readonly id: string
  readonly t: 'progress'
  readonly delivery: string
  /** downloading | verifying | installing | restarting | checking */
  readonly stage: string
  readonly done: number
  readonly total: number
}

export interface Outcome {
  readonly id: string
  readonly t: 'outcome'
  readonly delivery: string
  /** installed | removed | failed | rolled-back */
  readonly result: string
  /** In the manifest's order; null = no such file in place. */
  readonly digests: readonly (DigestBytes | null)[]
  readonly health: { readonly ok: boolean; readonly detail?: string }
  readonly error?: string
}

/** The offer's link has expired and the device still needs it: the hub sends the offer again (same delivery, new id). */
export interface Renew {
  readonly id: string
  readonly t: 'renew'
  readonly delivery: string
}

/**
 * Asks for a piece of a file or of signed metadata, from a device that has only MQTT. Answered by one chunk (chunk.ts), not by an
 * ack; not repeated by itself.
 */
export interface Fetch {
  readonly id: string
  readonly t: 'fetch'
  /** What would be asked for over HTTP, from `/files/` or `/tuf/` on, with its query. */
  readonly path: string
  /** Bytes to be left out at the beginning. */
  readonly from: number
}

/** The newest lines of the device's log, oldest first: the answer to a `collect`. */
export interface Log {
  readonly id: string
  readonly t: 'log'
  /** Of the `collect`. */
  readonly request: string
  /** Without secrets. */
  readonly lines: readonly string[]
}

export interface Offer {
  readonly id: string
  readonly t: 'offer'
  readonly delivery: string
  /** Grows with every new intention for this service on this device; a lower one than seen is declined as superseded. */
  readonly epoch: number
  readonly service: string
  readonly version: string
  readonly component: string
  readonly manifest: { readonly digest: DigestBytes; readonly size: number }
  readonly files: number
  readonly bytes: number
  /** GET <base>/<digest in hex>?<query>; `expires` in seconds since the Unix epoch. */
  readonly link: { readonly base: string; readonly query: string; readonly expires: number }
}

export interface Remove {
  readonly id: string
  readonly t: 'remove'
  readonly delivery: string
  readonly epoch: number
  readonly service: string
  /** The service is taken out of use, but its files stay. Absent = false. */
  readonly keep?: boolean
}

export interface Cancel {
  readonly id: string
  readonly t: 'cancel'
  readonly delivery: string
  readonly reason?: string
}

/**
 * Asks for the log. This message, `restart`, `configure` and `show` go to devices only that name them in their features, and are
 * acknowledged when they are done: until then they are kept by the hub, which repeats them.
 */
export interface Collect {
  readonly id: string
  readonly t: 'collect'
  readonly request: string
  /** UTF-8 bytes of lines at most, the newest. */
  readonly bytes: number
  /** Seconds since the Unix epoch by the hub's clock: no lines from before. */
  readonly since?: number
}

/** Asks the device to start again. Acknowledged after that, behind the hello of the new start. */
export interface Restart {
  readonly id: string
  readonly t: 'restart'
  /** For the device's log. */
  readonly reason?: string
}

/** Sets some of the settings that the device names in its report, all or none. A report with the new values follows. */
export interface Configure {
  readonly id: string
  readonly t: 'configure'
  readonly settings: Readonly<Record<string, SettingValue>>
}

/** Shows a text to the person at the device. */
export interface Show {
  readonly id: string
  readonly t: 'show'
  readonly text: string
}

/** Asks for a capabilities message. */
export interface Query {
  readonly id: string
  readonly t: 'query'
}

/** Either way; answered by an ack. */
export interface Ping {
  readonly id: string
  readonly t: 'ping'
}

/** Acknowledges the messages of those ids: they are durable at the receiver. Never itself acknowledged; carries no id. */
export interface Ack {
  readonly t: 'ack'
  readonly re: readonly string[]
  /** Set when the messages were refused for good: docs/reference/native-protocol.md lists the codes. */
  readonly error?: string
}

export type UpMessage = Hello | Capabilities | Accept | Decline | Progress | Outcome | Renew | Fetch | Log | Ping | Ack
export type DownMessage = Offer | Remove | Cancel | Query | Collect | Restart | Configure | Show | Ping | Ack
export type Message = UpMessage | DownMessage
