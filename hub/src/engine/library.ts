import { mainTenant } from '../platform/access.ts'
import { actOnInstallation } from '../platform/acting.ts'
import type { Model } from '@sutler/engine'
import type { Database } from '../platform/database.ts'
import type { Doorbells } from '../platform/doorbells.ts'
import { appendEvents } from '../platform/events.ts'
import { CallerError } from '../platform/errors.ts'
import { inspectDocument, requireSound, type Authored, type Inspection, type ModelFinding } from './authored.ts'
import { unknownModel } from './errors.ts'
import type { Models, Publication } from './models.ts'
import { contractFindings, versionFindings, type RoleContract } from './roles/contract.ts'
import { readModel, type StoredModel } from './store/models.ts'
import type { Workshop } from './workshop/workshop.ts'

export interface LibraryOptions {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly models: Models
  readonly workshop: Workshop
  /** What a model of that name has to keep; null = nothing. */
  readonly contractOf: (model: string) => RoleContract | null
  /** Names of the tasks that this hub knows. */
  readonly tasks: () => readonly string[]
}

/** What is published, and how more is. */
export class Library {
  readonly #options: LibraryOptions

  constructor(options: LibraryOptions) {
    this.#options = options
  }

  /**
   * Publishes what the hub brings with it. @returns what is doubtful of it
   * @throws CallerError `model-unsound`, `model-version-taken`
   */
  async bring(document: unknown, text: string | null): Promise<readonly ModelFinding[]> {
    const { database, models, tasks } = this.#options
    await models.load(database.sql)
    const inspection = inspectDocument(document, { tasks: tasks(), models: models.all() })
    await models.publish(database, requireSound(inspection), { text, by: null })
    return warningsOf(inspection)
  }

  /**
   * Checks a model and stores it, with an event that says who did. The same content again changes nothing.
   * @throws CallerError `model-unsound`, `model-version-taken`, `model-too-hard`
   */
  async publish(authored: Authored, by: string): Promise<Publication & { warnings: readonly ModelFinding[] }> {
    const { database, doorbells, models } = this.#options
    const inspection = await this.check(authored)
    const model = requireSound(inspection)
    const text = 'text' in authored ? authored.text : null
    const told = { type: 'model.published', subject: model.model, tenant: mainTenant, household: null }
    const data = { version: model.version, by }
    // Models are the installation's: no tenant's login may write them.
    const published = await actOnInstallation(() =>
      models.publish(database, model, { text, by }, (tx) => appendEvents(tx, doorbells, [{ ...told, data }])),
    )
    return { ...published, warnings: warningsOf(inspection) }
  }

  /** Everything that there is to say of a model; nothing is stored. @throws CallerError `model-too-hard` */
  async check(authored: Authored): Promise<Inspection> {
    const { database, models, tasks, workshop } = this.#options
    await models.load(database.sql)
    return this.#held(await workshop.inspect(authored, { tasks: tasks(), models: models.all() }))
  }

  /** With what is to be said of it by the contract of the role that it is to fill. */
  #held({ model, findings }: Inspection): Inspection {
    const contract = model && this.#options.contractOf(model.model)
    if (!model || !contract) return { model, findings }
    return { model, findings: [...findings, ...versionFindings(model), ...contractFindings(contract, model)] }
  }

  /** A version with its text: as its author wrote it, or printed. @throws CallerError `unknown-model` */
  async shown(name: string, version: string): Promise<StoredModel> {
    const stored = await readModel(this.#options.database.sql, name, version)
    if (!stored) throw new CallerError(unknownModel, `${name}@${version} is not published.`)
    return { ...stored, text: stored.text ?? (await this.#options.workshop.print(stored.document)) }
  }

  /** The document of a published version. @throws CallerError `unknown-model` */
  async document(name: string, version: string): Promise<Model> {
    const { database, models } = this.#options
    await models.learn(database.sql, [{ model: name, version }])
    const published = models.published(name, version)
    if (!published) throw new CallerError(unknownModel, `${name}@${version} is not published.`)
    return published.model
  }

  /** A picture of a model with these states current, as SVG. */
  async draw(model: Model, states: readonly string[]): Promise<string> {
    return await this.#options.workshop.draw(model, states)
  }
}

function warningsOf({ findings }: Inspection): ModelFinding[] {
  return findings.filter(({ severity }) => severity === 'warning')
}
