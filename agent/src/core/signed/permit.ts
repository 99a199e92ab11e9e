import {
  assignmentFloor,
  limits,
  permit,
  runUpdate,
  startUpdate,
  trustAssignment,
  TrustError,
} from '@sutler/trust/client'
import type { ClientLimits, Permitted, TrustCrypto, Verdict } from '@sutler/trust/client'
import { AgentError } from '../errors.ts'
import type { AgentPlatform } from '../platform.ts'
import type { InstallJob } from '../state.ts'
import type { Repository } from './repository.ts'
import type { TrustStore } from './store.ts'

/** What is asked whether a job may be done. */
export interface PermitContext {
  readonly platform: Pick<AgentPlatform, 'crypto' | 'clock' | 'log'>
  readonly store: TrustStore
  readonly repository: Repository
  /** The device's own name, and what kind it is. */
  readonly device: string
  readonly model: string
  /** The hub's time as far as it is known, ms since the epoch. */
  readonly hubTime: () => number
  /** Of the job: shows to the hub which device asks. */
  readonly linkQuery: string
}

/** A device has less room than other clients; a hub's own bounds are well below. */
const deviceLimits: ClientLimits = {
  rootBytes: 512_000,
  timestampBytes: 16_384,
  snapshotBytes: 2_000_000,
  targetsBytes: 1_000_000,
  rotations: 256,
  roles: 32,
  heldBytes: 2_000_000,
}

/** In the store; no role's file is called so. */
const assignmentFile = 'assignment'

/**
 * Lets a job go on only when a developer signed its manifest and the director assigned it to this device, by metadata that are newer than
 * any trusted before and have not expired. Nothing of the service has been fetched yet.
 * @throws AgentError `trust-…` with the reason; as `Repository.fetch`, for what may be tried again
 */
export async function permitInstall(context: PermitContext, job: InstallJob): Promise<Permitted> {
  const crypto = cryptoOf(context.platform)
  try {
    const { service, version, component, manifest } = job
    const path = `${service}/${version}/${component}.manifest`
    const now = timeOf(context)
    const verdict = await runUpdate(startUpdate(now, [path], deviceLimits), hostOf(context), crypto)
    if (verdict.kind === 'refused') throw verdict.error
    const assignment = await assignmentFor(context, job, verdict, now, crypto)
    const permitted = permit({ service, version, component }, assignment, verdict.targets, context.model)
    if (permitted.sha256 !== manifest.digest)
      throw new TrustError('digest-differs', path, `${permitted.sha256} is signed, ${manifest.digest} was offered`)
    if (permitted.file.length !== manifest.size)
      throw new TrustError(
        'length-differs',
        path,
        `${permitted.file.length} bytes are signed, ${manifest.size} were offered`,
      )
    return permitted
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new AgentError(`trust-${error.code}`, error.message, error)
  }
}

/** A device's clock that differs from the hub's by more is broken, milliseconds. */
const year = 366 * 86_400_000

/**
 * The later of both clocks, in seconds: a device whose own stands still must not take what has ended, and whoever plays the hub cannot
 * turn back the time. One that is years off says nothing.
 */
function timeOf({ platform, hubTime }: PermitContext): number {
  const [own, hub] = [platform.clock.now(), hubTime()]
  return Math.floor((Math.abs(own - hub) > year ? hub : Math.max(own, hub)) / 1000)
}

function hostOf({ store, repository }: PermitContext): Parameters<typeof runUpdate>[1] {
  return {
    carryOut: (effect) => store.carryOut(effect),
    read: ({ file, mostBytes }) => store.read(file, mostBytes),
    fetch: ({ name, mostBytes }) => repository.fetch(name, mostBytes),
  }
}

/** The assignment that is in force from now on. */
async function assignmentFor(
  { store, repository, device, linkQuery }: PermitContext,
  { manifest }: InstallJob,
  { root, versions }: Extract<Verdict, { kind: 'finished' }>,
  now: number,
  crypto: TrustCrypto,
): Promise<Awaited<ReturnType<typeof trustAssignment>>> {
  const before = await store.read(assignmentFile, limits.assignmentBytes)
  const floor = before.kind === 'bytes' ? await assignmentFloor(before.bytes, root, crypto) : 0
  const path = `assignments/${device}?manifest=${manifest.digest}&${linkQuery}`
  const answer = await repository.fetch(path, limits.assignmentBytes)
  if (answer.kind === 'too-long') throw new TrustError('endless-data', 'director', 'the answer was cut')
  if (answer.kind === 'absent') throw new TrustError('absent', 'director', 'the hub has no assignment for this device')
  const bounds = { device, now, floor, root, versions }
  const assignment = await trustAssignment(answer.bytes, bounds, crypto)
  if (assignment.version > floor) await store.persist(assignmentFile, answer.bytes)
  return assignment
}

function cryptoOf({ crypto }: Pick<AgentPlatform, 'crypto'>): TrustCrypto {
  return {
    verifySignature: crypto.verifySignature,
    sha256(bytes) {
      const hasher = crypto.sha256()
      hasher.update(bytes)
      return Uint8Array.from(hasher.digest().match(/../g) ?? [], (hex) => Number.parseInt(hex, 16))
    },
  }
}
