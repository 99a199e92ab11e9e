import { createHash } from 'node:crypto'
import { compileModel, type CompiledModel, type Json, type Model } from '@sutler/engine'
import { maxSatisfying } from 'semver'
import type { Database, Sql, Tx } from '../platform/database.ts'
import { CallerError, InvariantError } from '../platform/errors.ts'
import { modelVersionTaken } from './errors.ts'
import { insertModel, lockPublishing, modelsSince, type Authorship, type ModelRow } from './store/models.ts'

/** One published version, compiled when it is first used and kept. */
export class Published {
  readonly model: Model
  /** It came with a hub. */
  readonly shipped: boolean
  /** Whether a transition writes model data: then its writers take turns. */
  readonly writesShared: boolean
  readonly readsShared: boolean
  #compiled: CompiledModel | undefined

  constructor(model: Model, shipped: boolean) {
    this.model = model
    this.shipped = shipped
    this.writesShared = model.transitions.some(({ share }) => share !== undefined && Object.keys(share).length > 0)
    this.readsShared = this.writesShared || Object.keys(model.shared ?? {}).length > 0
  }

  get compiled(): CompiledModel {
    return (this.#compiled ??= compileModel(this.model))
  }
}

/** The published models, as this hub knows them. */
export class Models {
  readonly #versions = new Map<string, Map<string, Published>>()
  /** Models that fill a role of the platform, and the version that a person has chosen for some. */
  readonly #roles: ReadonlySet<string>
  #chosen: ReadonlyMap<string, string> = new Map()
  #seen = 0

  /** @param roles names of models that fill a role: of these nothing is used that a person published, unless it is chosen */
  constructor(roles: Iterable<string> = []) {
    this.#roles = new Set(roles)
  }

  /** Newest position seen in the table of models. */
  get seen(): number {
    return this.#seen
  }

  async load(sql: Sql): Promise<void> {
    for (const row of await modelsSince(sql, this.#seen)) this.#add(row)
  }

  #add({ seq, name, version, document, shipped }: ModelRow): void {
    const versions = this.#versions.get(name) ?? new Map<string, Published>()
    this.#versions.set(name, versions)
    if (!versions.has(version)) versions.set(version, new Published(document, shipped))
    this.#seen = Math.max(this.#seen, seq)
  }

  /** Makes sure that these versions are known, where another hub has published them a moment ago. */
  async learn(sql: Sql, versions: Iterable<{ readonly model: string; readonly version: string }>): Promise<void> {
    for (const { model, version } of versions) {
      if (!this.#versions.get(model)?.has(version)) return await this.load(sql)
    }
  }

  /** Exactly this version, or null. */
  published(name: string, version: string): Published | null {
    return this.#versions.get(name)?.get(version) ?? null
  }

  /** The version an instance runs on. @throws InvariantError when it is not published */
  exact(name: string, version: string): Published {
    const found = this.published(name, version)
    if (!found) throw new InvariantError(`model ${name}@${version} has instances but is not published`)
    return found
  }

  /** From now on new instances of these models start on these versions, which are known, whatever others there are. */
  choose(chosen: ReadonlyMap<string, string>): void {
    this.#chosen = chosen
  }

  /**
   * The highest published version in `range` (`1`, `1.2`, `1.2.0`; null = any), as calls choose it (engine.md section 6). Of a model
   * that fills a role: the chosen one, or the highest that came with the hub; a whole version is that version.
   */
  resolve(name: string, range: string | null): Published | null {
    const versions = this.#versions.get(name)
    if (!versions) return null
    const exactly = range === null ? undefined : versions.get(range)
    if (exactly) return exactly
    const chosen = this.#chosen.get(name)
    if (chosen !== undefined) return versions.get(chosen) ?? null
    const among = this.#roles.has(name) ? [...versions].filter(([, { shipped }]) => shipped) : [...versions]
    const highest = maxSatisfying(
      among.map(([version]) => version),
      range ?? '*',
      { includePrerelease: range === null },
    )
    return highest === null ? null : (versions.get(highest) ?? null)
  }

  /** The highest version that came with a hub, or null. */
  newestShipped(name: string): Published | null {
    const shipped = [...(this.#versions.get(name) ?? [])].filter(([, published]) => published.shipped)
    const highest = maxSatisfying(
      shipped.map(([version]) => version),
      '*',
    )
    return highest === null ? null : this.published(name, highest)
  }

  /** As `resolve`, and looks for what another hub may have published a moment ago. */
  async find(sql: Sql, name: string, range: string | null): Promise<Published | null> {
    const known = this.resolve(name, range)
    if (known) return known
    await this.load(sql)
    return this.resolve(name, range)
  }

  /** Known versions of a model. */
  versionsOf(name: string): string[] {
    return [...(this.#versions.get(name)?.keys() ?? [])]
  }

  /** All versions of all models. */
  all(): Model[] {
    return [...this.#versions.values()].flatMap((versions) => [...versions.values()].map(({ model }) => model))
  }

  /**
   * Stores a version that was found sound; `created` is called in the same transaction when it is new. The same content again
   * changes nothing. @throws CallerError `model-version-taken`
   */
  async publish(
    database: Database,
    model: Model,
    author: Omit<Authorship, 'digest'>,
    created: (tx: Tx) => Promise<void> = async () => {},
  ): Promise<Publication> {
    const digest = createHash('sha256').update(canonical(model)).digest('hex')
    const stored = await database.transaction(async (tx) => {
      // One publisher at a time: a reader that goes by position can then pass no row that commits late.
      await lockPublishing(tx.sql)
      const inserted = await insertModel(tx.sql, model, { ...author, digest })
      if (inserted.created) await created(tx)
      return inserted
    })
    if (stored.digest !== digest) {
      throw new CallerError(modelVersionTaken, `${model.model}@${model.version} is published with other content.`)
    }
    await this.load(database.sql)
    return { name: model.model, version: model.version, digest, created: stored.created }
  }
}

/** What is published now. */
export interface Publication {
  readonly name: string
  readonly version: string
  readonly digest: string
  /** False when the same content was there already. */
  readonly created: boolean
}

/** Entries of these are evaluated one after the other, so their order is content (engine.md section 2.9). */
const ordered = new Set(['args', 'set', 'share'])

/** JSON with sorted keys, but for those of a transition whose order has a meaning: equal for equal content. */
export function canonical(model: Model): string {
  const transitions = new Set<unknown>(model.transitions)
  return JSON.stringify(model, function (this: unknown, key: string, inner: Json) {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner
    // A sorted copy stands for each transition while it is written: what it holds is known by it.
    const kept = transitions.has(this) && ordered.has(key)
    const sorted = kept ? inner : Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    if (transitions.has(inner)) transitions.add(sorted)
    return sorted
  })
}
