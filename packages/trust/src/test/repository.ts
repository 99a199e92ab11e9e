import { metadataName } from '../client/turns.ts'
import { withFields } from '../json/value.ts'
import { readCommon, readEnvelope } from '../metadata/envelope.ts'
import { firstRoot, nextRoot } from '../repository/root.ts'
import { signFile } from '../repository/signing.ts'
import { nextSnapshot, nextTimestamp } from '../repository/snapshot.ts'
import { firstTargets, nextTargets } from '../repository/targets.ts'
import { holder, nodeCrypto, signersOf } from './node-crypto.ts'
import type { Json, JsonObject } from '../json/value.ts'
import type { RootRole } from '../repository/root.ts'
import type { Signer } from '../repository/signing.ts'
import type { Holder } from './node-crypto.ts'

/** The time of the tests, in seconds since the Unix epoch, and a day. */
export const now = 1_900_000_000
export const day = 86_400

interface RoleHolders {
  readonly holders: readonly Holder[]
  readonly threshold: number
}

/** Who holds the keys of a first root: one holder for each role, unless it is said otherwise. */
export async function holdersOf(
  given: Partial<Record<RootRole, RoleHolders>> = {},
): Promise<Record<RootRole, RoleHolders>> {
  const one = async (role: RootRole): Promise<RoleHolders> => given[role] ?? { holders: [await holder()], threshold: 1 }
  return {
    root: await one('root'),
    targets: await one('targets'),
    snapshot: await one('snapshot'),
    timestamp: await one('timestamp'),
    director: await one('director'),
  }
}

const keysOf = ({ holders, threshold }: RoleHolders): { keys: Holder['key'][]; threshold: number } => ({
  keys: holders.map(({ key }) => key),
  threshold,
})

/** Metadata with these fields changed, signed anew. */
export async function edited(
  file: Uint8Array,
  fields: Readonly<Record<string, Json | undefined>>,
  signers: readonly Signer[],
): Promise<Uint8Array> {
  return signFile(withFields(readEnvelope(file, 'file', Infinity).signed, fields), signers)
}

export function versionOf(file: Uint8Array, type: string): number {
  return readCommon(readEnvelope(file, type, Infinity), type).version
}

/** A repository in memory: its files by name, and those who hold its keys. */
export class Repository {
  /** As the repository serves them. */
  readonly files = new Map<string, Uint8Array>()
  /** The newest targets metadata by role. */
  readonly targets = new Map<string, Uint8Array>()
  readonly roles: Record<RootRole, RoleHolders>
  root = new Uint8Array()
  snapshot: Uint8Array | null = null
  timestamp: Uint8Array | null = null

  readonly #expires: number | null

  private constructor(roles: Record<RootRole, RoleHolders>, expires: number | null) {
    this.roles = roles
    this.#expires = expires
  }

  /**
   * Version 1 of everything.
   * @param expires when all of it does; null for times that are usual
   */
  static async create(
    given: Partial<Record<RootRole, RoleHolders>> = {},
    expires: number | null = null,
  ): Promise<Repository> {
    const repository = new Repository(await holdersOf(given), expires)
    const { root, targets, snapshot, timestamp, director } = repository.roles
    const keys = {
      root: keysOf(root),
      targets: keysOf(targets),
      snapshot: keysOf(snapshot),
      timestamp: keysOf(timestamp),
      director: keysOf(director),
    }
    repository.putRoot(await signFile(firstRoot(repository.#after(365), keys), repository.signers('root')))
    await repository.publish(firstTargets(repository.#after(90)))
    return repository
  }

  #after(days: number): number {
    return this.#expires ?? now + days * day
  }

  signers(role: RootRole): readonly Signer[] {
    return signersOf(this.roles[role].holders)
  }

  putRoot(file: Uint8Array): void {
    this.root = new Uint8Array(file)
    this.files.set(metadataName('root', versionOf(file, 'root')), this.root)
  }

  /** A next root: these roles get other holders; signed by the old and the new ones of `root`. */
  async rotate(changes: Partial<Record<RootRole, RoleHolders>>, expires = now + 365 * day): Promise<void> {
    const old = this.signers('root')
    Object.assign(this.roles, changes)
    const keys = Object.fromEntries(Object.entries(changes).map(([role, given]) => [role, keysOf(given)]))
    const signers = [...new Set([...old, ...this.signers('root')])]
    this.putRoot(await signFile(nextRoot(this.root, expires, keys), signers))
  }

  /** The next version of the top-level targets metadata, before a change to it. */
  nextTargets(role = 'targets'): JsonObject {
    const file = this.targets.get(role)
    return file ? nextTargets(file, this.#after(90)) : firstTargets(this.#after(90))
  }

  /** Signs and publishes targets metadata, with a snapshot and a timestamp. */
  async publish(signed: JsonObject, role = 'targets', signers = this.signers('targets')): Promise<void> {
    this.putTargets(await signFile(signed, signers), role)
    await this.publishSnapshot(new Map([[role, this.targets.get(role) ?? new Uint8Array()]]))
  }

  putTargets(file: Uint8Array, role = 'targets'): void {
    this.targets.set(role, file)
    this.files.set(metadataName(role, versionOf(file, 'targets')), file)
  }

  async publishSnapshot(changed: ReadonlyMap<string, Uint8Array> = new Map()): Promise<void> {
    this.putSnapshot(
      await signFile(await nextSnapshot(this.snapshot, changed, this.#after(7), nodeCrypto), this.signers('snapshot')),
    )
    await this.publishTimestamp()
  }

  putSnapshot(file: Uint8Array): void {
    this.snapshot = file
    this.files.set(metadataName('snapshot', versionOf(file, 'snapshot')), file)
  }

  async publishTimestamp(): Promise<void> {
    const snapshot = this.snapshot ?? new Uint8Array()
    const signed = await nextTimestamp(this.timestamp, snapshot, this.#after(1), nodeCrypto)
    this.putTimestamp(await signFile(signed, this.signers('timestamp')))
  }

  putTimestamp(file: Uint8Array): void {
    this.timestamp = file
    this.files.set('timestamp.json', file)
  }
}
