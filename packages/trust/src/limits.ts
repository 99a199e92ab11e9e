/** Bounds on metadata of any origin. Sizes in bytes. */
export const limits = {
  /** Objects and lists inside one another. */
  depth: 32,
  /** Values of one file in all: bounds memory, since a value can be two bytes of text. */
  values: 250_000,
  /** Signatures of one file. */
  signatures: 256,
  /** Key ids of one role: bounds how many signatures are verified. */
  keysPerRole: 64,
  /** A delegated role's name in UTF-8: escaped, it is still a file name everywhere. */
  roleNameBytes: 64,
  /** UTF-16 units of a target path, a path pattern and any other short text. */
  text: 1_024,
  /** UTF-16 units of a public key or a signature in text. */
  keyText: 4_096,
  /** Entries of an assignment. */
  assigned: 1_024,
  /** One assignment. */
  assignmentBytes: 1_048_576,
} as const

/** What a client gives an update at most; a host may set its own. Sizes in bytes. */
export interface ClientLimits {
  readonly rootBytes: number
  readonly timestampBytes: number
  readonly snapshotBytes: number
  readonly targetsBytes: number
  /** New root versions in one update (5.3.3, its Y). */
  readonly rotations: number
  /** Roles visited in the search for one target (5.6.7.1). */
  readonly roles: number
  /** Targets metadata held in memory between searches. */
  readonly heldBytes: number
}

/** The sizes are those that other clients use, so that a repository that suits them suits this one. */
export const clientLimits: ClientLimits = {
  rootBytes: 512_000,
  timestampBytes: 16_384,
  snapshotBytes: 2_000_000,
  targetsBytes: 5_000_000,
  rotations: 256,
  roles: 32,
  heldBytes: 10_000_000,
}
