import { jsonObject } from '../json/value.ts'
import { Device, refusal } from './device.ts'
import { edited, Repository } from './repository.ts'
import type { JsonObject } from '../json/value.ts'

export type OnlineRole = 'timestamp' | 'snapshot' | 'targets'

/** A file of the attacked repository; its absence ends the test. */
export function fileOf(repository: Repository, name: string): Uint8Array {
  const file = repository.files.get(name)
  if (!file) throw new Error(`the repository has no ${name}`)
  return file
}

/** A device that trusts version 1 of a repository, and what happens to the repository then. */
export class Attack {
  readonly repository: Repository
  readonly device: Device
  /** What the device trusted before the attack. */
  before: ReadonlyMap<string, Uint8Array> = new Map()

  private constructor(repository: Repository) {
    this.repository = repository
    this.device = new Device(repository.root)
  }

  static async begin(): Promise<Attack> {
    const attack = new Attack(await Repository.create())
    await attack.updateBefore()
    return attack
  }

  /** The device takes what the repository has now: it is what must stay. */
  async updateBefore(): Promise<void> {
    await this.device.update(this.repository.files)
    this.before = new Map(this.device.store)
  }

  /** Publishes version 2 of all, then puts what `tamper` makes of one in its place. References have no hashes, so they do not tell. */
  async tampered(role: OnlineRole, tamper: (file: Uint8Array) => Uint8Array | Promise<Uint8Array>): Promise<void> {
    const { repository } = this
    await repository.publish(repository.nextTargets())
    const plain = (file: string): JsonObject => new Map([[file, jsonObject({ version: 2 })]])
    const signers = { snapshot: repository.signers('snapshot'), timestamp: repository.signers('timestamp') }
    const snapshot = fileOf(repository, '2.snapshot.json')
    repository.putSnapshot(await edited(snapshot, { meta: plain('targets.json') }, signers.snapshot))
    const timestamp = fileOf(repository, 'timestamp.json')
    repository.putTimestamp(await edited(timestamp, { meta: plain('snapshot.json') }, signers.timestamp))
    const name = role === 'timestamp' ? 'timestamp.json' : `2.${role}.json`
    repository.files.set(name, await tamper(fileOf(repository, name)))
  }

  /** What became of the next update: `<role>: <code>` is the safe outcome, refused and what was trusted of the role stays. */
  async outcome(role: string): Promise<string> {
    const refused = refusal(await this.device.update(this.repository.files))
    const file = `${role}.json`
    if (this.device.store.get(file) !== this.before.get(file)) return `what was trusted of ${role} has changed`
    return refused ? `${refused.what}: ${refused.code}` : 'finished'
  }
}
