import type { TrustError } from '../errors.ts'
import type { ClientLimits } from '../limits.ts'
import type { Authority, Envelope, Role } from '../metadata/envelope.ts'
import type { TargetFile } from '../metadata/files.ts'
import type { Root } from '../metadata/root.ts'
import type { Snapshot, Timestamp } from '../metadata/snapshot.ts'
import type { Targets } from '../metadata/targets.ts'

/** What the host does next. It never has to take more than `mostBytes`: one byte more, and the answer is `too-long`. */
export type Request =
  /** Read a file of the device's own store of trusted metadata. */
  | { readonly kind: 'read'; readonly file: string; readonly mostBytes: number }
  /** Fetch a file from the repository; `name` is relative to its metadata, and escaped for a URL. */
  | { readonly kind: 'fetch'; readonly name: string; readonly mostBytes: number }

export type Answer =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** There is no such file; of a repository: it said so (404 or 403). A repository that cannot be reached has not answered. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'too-long' }

/** A change to the store of trusted metadata. A host carries them out in order, each durably, before it goes on. */
export type Effect =
  | { readonly kind: 'persist'; readonly file: string; readonly bytes: Uint8Array }
  | { readonly kind: 'remove'; readonly file: string }

/** What the search for one target came to. */
export type Search =
  | {
      readonly kind: 'found'
      readonly path: string
      readonly file: TargetFile
      /** The roles from `targets` to the one that names the file. */
      readonly roles: readonly string[]
    }
  | { readonly kind: 'not-found'; readonly path: string; readonly error: TrustError }

/** Versions of the metadata that an update ended with. */
export interface TrustedVersions {
  readonly root: number
  readonly timestamp: number
  readonly snapshot: number
  readonly targets: number
}

export type Verdict =
  | {
      readonly kind: 'finished'
      /** In the order in which the targets were asked for. */
      readonly targets: readonly Search[]
      readonly versions: TrustedVersions
      /** When the first of the top-level metadata expires, in seconds since the Unix epoch. */
      readonly expires: number
      readonly root: Root
    }
  /** The update was given up; what was persisted stays trusted, and a later update goes on from there. */
  | { readonly kind: 'refused'; readonly error: TrustError }

/** One turn of an update: first the effects, then what is next. */
export interface Turn {
  readonly update: Update
  readonly effects: readonly Effect[]
  readonly next: Request | Verdict
}

/** A role on the way of a search, and who vouches for it. */
export interface Visit {
  readonly role: string
  readonly authority: Authority
  /** The roles from `targets` to this one. */
  readonly roles: readonly string[]
}

/** The search that is under way. The first visit of an update to `targets` belongs to none. */
export interface Seeking {
  readonly path: string
  readonly pathHash: Uint8Array
  readonly visited: ReadonlySet<string>
  /** The next one is the last. */
  readonly stack: readonly Visit[]
}

/** Targets metadata that were verified in this update. */
export interface HeldRole {
  readonly envelope: Envelope
  readonly targets: Targets
  readonly bytes: number
  /** The delegations under which the signatures were found to hold. */
  readonly verifiedFor: readonly Role[]
}

export type Phase =
  | { readonly at: 'stored-root' | 'root' | 'stored-timestamp' | 'timestamp' | 'stored-snapshot' | 'snapshot' }
  | { readonly at: 'stored-targets' | 'targets'; readonly visit: Visit }
  | { readonly at: 'end' }

/** An update under way: plain values, never changed in place. What must outlive a restart is in the store. */
export interface Update {
  /** 5.1: seconds since the Unix epoch. */
  readonly startedAt: number
  readonly limits: ClientLimits
  readonly phase: Phase
  readonly root?: Root
  /** Root versions taken in this update. */
  readonly rotations: number
  /** A key of timestamp or snapshot was taken away by one of them. */
  readonly keysRotated: boolean
  readonly timestamp?: Timestamp
  readonly snapshot?: Snapshot
  /** The top-level ones. */
  readonly targets?: Targets
  readonly held: ReadonlyMap<string, HeldRole>
  readonly seeking: Seeking | null
  /** Target paths that are still to be looked for. */
  readonly wanted: readonly string[]
  readonly searches: readonly Search[]
}
