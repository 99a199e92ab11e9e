import { TrustError } from '../errors.ts'
import { limits } from '../limits.ts'
import { checkFresh, checkSigned, readCommon, readEnvelope } from '../metadata/envelope.ts'
import { readCount, readList, readObject, readText } from '../metadata/fields.ts'
import { readTargetFile } from '../metadata/files.ts'
import type { TrustCrypto } from '../crypto.ts'
import type { Json } from '../json/value.ts'
import type { Common, Envelope } from '../metadata/envelope.ts'
import type { TargetFile } from '../metadata/files.ts'
import type { Root } from '../metadata/root.ts'
import type { TrustedVersions } from '../client/update.ts'

/** One component that a device is to have. */
export interface Assigned {
  readonly service: string
  readonly version: string
  readonly component: string
  /** The target path under which the developer signed it. */
  readonly path: string
  readonly file: TargetFile
}

/** Who gets what, signed by the director for one device: all that this device may run (as in Uptane). */
export interface Assignment extends Common {
  readonly device: string
  /**
   * The device follows the assignment only with metadata of these versions or newer. A device that lost its store is led past old
   * metadata that have not expired yet.
   */
  readonly floor: { readonly root: number; readonly snapshot: number }
  readonly assigned: readonly Assigned[]
}

/** What a device holds against an assignment. */
export interface AssignmentBounds {
  /** The device's own name. */
  readonly device: string
  /** Seconds since the Unix epoch. */
  readonly now: number
  /** The lowest version that is taken: that of the last assignment in force, or what the enrolment said. */
  readonly floor: number
  /** The root that an update ended with, and the versions. */
  readonly root: Root
  readonly versions: TrustedVersions
}

/** Reads an assignment and checks nothing of what it says. Throws TrustError. */
export function readAssignment(envelope: Envelope): Assignment {
  const { what, signed } = envelope
  const common = readCommon(envelope, 'director')
  const floor = readObject(signed.get('floor'), `${what}: floor`)
  return {
    ...common,
    device: readText(signed.get('device'), `${what}: device`),
    floor: {
      root: readCount(floor.get('root'), `${what}: floor.root`, 1),
      snapshot: readCount(floor.get('snapshot'), `${what}: floor.snapshot`, 1),
    },
    assigned: readList(signed.get('assigned'), `${what}: assigned`, readAssigned, limits.assigned),
  }
}

function readAssigned(value: Json | undefined, where: string): Assigned {
  const json = readObject(value, where)
  return {
    service: readText(json.get('service'), `${where}.service`),
    version: readText(json.get('version'), `${where}.version`),
    component: readText(json.get('component'), `${where}.component`),
    path: readText(json.get('path'), `${where}.path`),
    file: readTargetFile(json, where),
  }
}

/**
 * The assignment, once it is one that this device may follow.
 * Throws TrustError: of the form, `no-director`, `below-threshold`, `wrong-device`, `below-floor`, `expired`.
 */
export async function trustAssignment(
  bytes: Uint8Array,
  bounds: AssignmentBounds,
  crypto: TrustCrypto,
): Promise<Assignment> {
  const envelope = readEnvelope(bytes, 'director', limits.assignmentBytes)
  const assignment = readAssignment(envelope)
  const { root, versions } = bounds
  if (!root.director) throw new TrustError('no-director', 'director', 'the root metadata name no keys for it')
  await checkSigned(envelope, { keys: root.keys, role: root.director }, crypto)
  if (assignment.device !== bounds.device)
    throw new TrustError('wrong-device', 'director', `it is for ${assignment.device}, this device is ${bounds.device}`)
  atLeast('the assignment', assignment.version, bounds.floor)
  atLeast('the root', versions.root, assignment.floor.root)
  atLeast('the snapshot', versions.snapshot, assignment.floor.snapshot)
  checkFresh('director', assignment, bounds.now)
  return assignment
}

function atLeast(name: string, version: number, floor: number): void {
  if (version < floor)
    throw new TrustError('below-floor', 'director', `${name} has version ${version}, at least ${floor} is asked for`)
}

/**
 * The version that the next assignment has at least: that of the one in force, for as long as a director of this root has signed it.
 * Whoever raised it with a key that was taken away has raised nothing. 0 for one that cannot be read.
 */
export async function assignmentFloor(bytes: Uint8Array, root: Root, crypto: TrustCrypto): Promise<number> {
  try {
    const envelope = readEnvelope(bytes, 'director', limits.assignmentBytes)
    const { version } = readAssignment(envelope)
    if (!root.director) return 0
    await checkSigned(envelope, { keys: root.keys, role: root.director }, crypto)
    return version
  } catch (error) {
    if (error instanceof TrustError) return 0
    throw error
  }
}
