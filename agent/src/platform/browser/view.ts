/** What the page shows of the device, and what it may ask of it: the messages between the page and its worker. */

export interface LogEntry {
  /** Ms since the epoch. */
  readonly time: number
  readonly level: 'info' | 'warn'
  readonly message: string
  readonly fields: Readonly<Record<string, string | number | boolean | null>>
}

export interface InstalledView {
  readonly service: string
  readonly version: string
  readonly component: string
}

export interface WorkView {
  readonly service: string
  /** Null of a removal. */
  readonly version: string | null
  /** Words of the protocol: downloading, verifying, installing, restarting, checking; `waiting` before. */
  readonly stage: string
  readonly done: number
  /** 0 = not known. */
  readonly total: number
}

export interface OutcomeView {
  readonly service: string
  readonly result: string
  /** Code, or null. */
  readonly error: string | null
  readonly detail: string
}

export interface DeviceView {
  readonly phase:
    /** Another tab of this browser is the device. */
    | 'elsewhere'
    /** It needs a claim. */
    | 'new'
    | 'enrolling'
    | 'enrolled'
    /** It cannot go on by itself. */
    | 'ended'
  readonly device: string | null
  readonly household: string | null
  readonly serial: string | null
  /** Why there is no connection; null = there is one. */
  readonly away: string | null
  readonly installed: readonly InstalledView[]
  readonly work: readonly WorkView[]
  /** The last of each service. */
  readonly outcomes: readonly OutcomeView[]
  readonly trouble: { readonly code: string; readonly message: string } | null
  /** Bytes. */
  readonly storage: { readonly total: number; readonly free: number } | null
  /** Whether the browser has promised not to clear it by itself. */
  readonly lasting: boolean
  /** What the operator wants the person to read; null = nothing, or it was read. */
  readonly notice: { readonly text: string; readonly time: number } | null
  /** Newest last. */
  readonly log: readonly LogEntry[]
}

export type ToWorker =
  /** @param hub its base URL; `apps` is a port to the frame of their origin */
  | {
      readonly t: 'start'
      readonly hub: string
      readonly software: string
      readonly lasting: boolean
      readonly apps: MessagePort
    }
  | { readonly t: 'enrol'; readonly claim: string; readonly serial: string | null }
  /** The browser has promised not to clear the storage by itself, or not. */
  | { readonly t: 'lasting'; readonly lasting: boolean }
  /** Tries again after what has ended it. */
  | { readonly t: 'again' }
  /** The notice was read. */
  | { readonly t: 'read' }
  /** Removes everything that the device keeps. */
  | { readonly t: 'erase' }

export type FromWorker =
  | { readonly t: 'view'; readonly view: DeviceView }
  | { readonly t: 'erased' }
  /** The device starts again: the page is to be loaded anew. */
  | { readonly t: 'restart' }

/** What the page says to a service worker of a newer version that waits. */
export const useNow = 'use-now'
