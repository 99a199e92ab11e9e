import {
  assignmentFields,
  describeFile,
  firstRoot,
  firstTargets,
  jsonObject,
  nextSnapshot,
  nextTargets,
  nextTimestamp,
  signFile,
  withDelegation,
  withTarget,
} from '@sutler/trust'
import type { JsonObject } from '@sutler/trust'
import { generateKeyPair, nodeTrustCrypto } from '@sutler/trust/node'
import type { KeyPair } from '@sutler/trust/node'
import type { Component } from './components.ts'

const day = 86_400
const roles = ['root', 'targets', 'snapshot', 'timestamp', 'director', 'developer'] as const
type Keys = Readonly<Record<(typeof roles)[number], KeyPair>>

/** What the hub's repository says of the components that were offered: signed when a device asks. */
export class TrustDouble {
  /** Keys of all roles, and of a developer who may sign every service. */
  readonly keys: Keys
  /** Models that the developer signs for, by version; a version that is not here is for all. */
  readonly models = new Map<string, readonly string[]>()
  /** Answers in place of the repository: by the path below /tuf/, the bytes that it would give. Null: 404. */
  fault: (path: string, bytes: Uint8Array | null) => Uint8Array | null = (_path, bytes) => bytes
  private readonly now: () => number
  private readonly components = new Map<string, Component>()
  private files = new Map<string, Uint8Array>()
  private changed = true
  private assigned = 0

  private constructor(keys: Keys, now: () => number) {
    this.keys = keys
    this.now = now
  }

  /** @param now seconds since the Unix epoch */
  static async create(now: () => number): Promise<TrustDouble> {
    const pairs = await Promise.all(roles.map(async (role) => [role, await generateKeyPair('ed25519')] as const))
    return new TrustDouble(Object.fromEntries(pairs) as unknown as Keys, now)
  }

  offer(component: Component): void {
    const { service, version, component: name } = component.manifest
    this.components.set(`${service}/${version}/${name}.manifest`, component)
    this.changed = true
  }

  async root(): Promise<string> {
    await this.publish()
    return new TextDecoder().decode(this.files.get('1.root.json'))
  }

  /** What it gives for a path below /tuf/. */
  async answer(path: string, device: string): Promise<Uint8Array | null> {
    await this.publish()
    const bytes = path.startsWith('assignments/') ? await this.assignment(device) : this.files.get(path)
    return this.fault(path, bytes ?? null)
  }

  /** An assignment of everything that was offered. */
  async assignment(device: string, changes: { version?: number; expires?: number } = {}): Promise<Uint8Array> {
    const assigned = [...this.components].map(([path, { manifest, manifestText, manifestDigest }]) => ({
      service: manifest.service,
      version: manifest.version,
      component: manifest.component,
      path,
      file: { length: Buffer.byteLength(manifestText), hashes: new Map([['sha256', manifestDigest]]) },
    }))
    const version = Math.max(Math.floor(this.now()), this.assigned + 1)
    this.assigned = version
    const fields = { version, expires: this.now() + day, device, floor: { root: 1, snapshot: 1 }, assigned, ...changes }
    return signFile(assignmentFields(fields), [this.keys.director.signer])
  }

  private async publish(): Promise<void> {
    if (!this.changed) return
    this.changed = false
    const before = this.files
    const developer = await this.developerTargets(before.get('developer'))
    const expires = Math.floor(this.now()) + 100 * day
    const keysOf = ({ key }: KeyPair) => ({ keys: [key], threshold: 1 })
    const { root, targets, snapshot, timestamp, director } = this.keys
    const named = { root, targets, snapshot, timestamp, director }
    const first = Object.fromEntries(Object.entries(named).map(([role, pair]) => [role, keysOf(pair)])) as never
    const files = new Map(before)
    if (before.size === 0) {
      const delegation = { name: 'developer', ...keysOf(this.keys.developer), terminating: false, paths: ['*/*/*'] }
      files.set('1.root.json', await signFile(firstRoot(expires, first), [root.signer]))
      files.set('1.targets.json', await signFile(withDelegation(firstTargets(expires), delegation), [targets.signer]))
    }
    const changed = new Map([['developer', developer]])
    if (before.size === 0) changed.set('targets', files.get('1.targets.json')!)
    const next = await nextSnapshot(before.get('snapshot') ?? null, changed, expires, nodeTrustCrypto)
    const signedSnapshot = await signFile(next, [snapshot.signer])
    const time = await nextTimestamp(before.get('timestamp.json') ?? null, signedSnapshot, expires, nodeTrustCrypto)
    files.set('snapshot', signedSnapshot).set(`${String(next.get('version'))}.snapshot.json`, signedSnapshot)
    files.set('developer', developer).set(`${versionOf(developer)}.developer.json`, developer)
    files.set('timestamp.json', await signFile(time, [timestamp.signer]))
    this.files = files
  }

  private async developerTargets(before: Uint8Array | undefined): Promise<Uint8Array> {
    const expires = Math.floor(this.now()) + 100 * day
    let signed: JsonObject = before ? nextTargets(before, expires) : firstTargets(expires)
    for (const [path, { manifest, manifestText }] of this.components) {
      const { service, version, component } = manifest
      const models = this.models.get(version)
      const file = await describeFile(Buffer.from(manifestText), nodeTrustCrypto)
      signed = withTarget(signed, path, { ...file, custom: jsonObject({ service, version, component, models }) })
    }
    return signFile(signed, [this.keys.developer.signer])
  }
}

function versionOf(file: Uint8Array): number {
  return (JSON.parse(new TextDecoder().decode(file)) as { signed: { version: number } }).signed.version
}
