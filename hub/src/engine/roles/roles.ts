import { mainTenant } from '../../platform/access.ts'
import { actOnInstallation } from '../../platform/acting.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database.ts'
import type { Doorbells } from '../../platform/doorbells.ts'
import { CallerError } from '../../platform/errors.ts'
import { appendEvents } from '../../platform/events.ts'
import type { Log } from '../../platform/log.ts'
import { repeat } from '../../platform/repeat.ts'
import type { ModelFinding } from '../authored.ts'
import { contractUnmet, unknownModel, unknownRole } from '../errors.ts'
import type { Models } from '../models.ts'
import { deleteRole, readRoles, writeRole, type AssignedRole } from '../store/roles.ts'
import { contractFindings, type RoleContract } from './contract.ts'

export interface RolesOptions {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly models: Models
  readonly contracts: readonly RoleContract[]
}

/** Who fills a role now. */
export interface FilledRole {
  readonly contract: RoleContract
  /** That new instances start on; null when there is none. */
  readonly version: string | null
  /** A person's choice; null = the newest that came with the hub. */
  readonly assigned: AssignedRole | null
  /** In which the choice does not keep the contract of this hub: then it is not in force. */
  readonly findings: readonly ModelFinding[]
}

/** A ring that was lost costs this long until a hub goes by a new choice. */
const reread = 5_000
/** Findings that one answer names. */
const named = 100

/** Which version fills each role of the platform: the newest that came with the hub, or an operator's own. */
export class Roles {
  readonly #options: RolesOptions
  readonly #contracts: ReadonlyMap<string, RoleContract>
  #assigned: ReadonlyMap<string, AssignedRole> = new Map()
  /** Choices that are not in force, as far as the log has it: told once, not at every look. */
  #told: ReadonlySet<string> = new Set()
  #stops: (() => void)[] = []

  constructor(options: RolesOptions) {
    this.#options = options
    this.#contracts = new Map(options.contracts.map((contract) => [contract.role, contract]))
  }

  contractOf(model: string): RoleContract | null {
    return this.#contracts.get(model) ?? null
  }

  /** Reads the choices; then goes by every new one. */
  async start(): Promise<void> {
    await this.#load()
    const { clock, log, doorbells } = this.#options
    const failed = (error: unknown): void => log.warn({ err: error }, 'the choices of models could not be read')
    this.#stops = [
      doorbells.listen('roles', () => void this.#load().catch(failed)),
      repeat({ clock, log, every: reread, what: 'read the choices of models', work: () => this.#load() }),
    ]
  }

  stop(): void {
    for (const stop of this.#stops) stop()
    this.#stops = []
  }

  async #load(): Promise<void> {
    const { database, models, log } = this.#options
    if (this.#contracts.size === 0) return
    const rows = await readRoles(database.sql)
    await models.learn(
      database.sql,
      rows.map(({ role, version }) => ({ model: role, version })),
    )
    this.#assigned = new Map(rows.map((row) => [row.role, row]))
    const inForce = new Map<string, string>()
    const unfit = new Set<string>()
    for (const { contract, version, assigned, findings } of this.list()) {
      if (assigned === null) continue
      const choice = `${contract.role}@${assigned.version}`
      if (version === assigned.version) inForce.set(contract.role, version)
      else unfit.add(choice)
      if (version === assigned.version || this.#told.has(choice)) continue
      const about = { role: contract.role, version: assigned.version, findings }
      log.error(about, 'a chosen model does not keep its contract: the shipped one is used')
    }
    this.#told = unfit
    models.choose(inForce)
  }

  list(): FilledRole[] {
    return [...this.#contracts.values()].map((contract) => this.#filled(contract))
  }

  /** @throws CallerError `unknown-role` */
  show(role: string): FilledRole {
    return this.#filled(this.#known(role))
  }

  /**
   * Chooses a published version for a role, or (null) the newest that came with the hub. Running instances stay on theirs.
   * @throws CallerError `unknown-role`, `unknown-model`, `contract-unmet` with a place per finding
   */
  async assign(role: string, version: string | null, by: string): Promise<FilledRole> {
    const contract = this.#known(role)
    const { database, doorbells, clock, models } = this.#options
    if (version !== null) await this.#requireFit(contract, version)
    const before = this.#filled(contract).version
    const data = { version, before, by }
    await actOnInstallation(() =>
      database.transaction(async (tx) => {
        if (version === null) await deleteRole(tx.sql, role)
        else await writeRole(tx.sql, { role, version, assignedBy: by, assignedAt: new Date(clock.now()) })
        const told = { type: 'role.assigned', subject: role, tenant: mainTenant, household: null, data }
        await appendEvents(tx, doorbells, [told])
      }),
    )
    await models.load(database.sql)
    await this.#load()
    doorbells.ringElsewhere('roles')
    return this.#filled(contract)
  }

  async #requireFit(contract: RoleContract, version: string): Promise<void> {
    const { database, models } = this.#options
    await models.learn(database.sql, [{ model: contract.role, version }])
    const published = models.published(contract.role, version)
    if (published === null) throw new CallerError(unknownModel, `${contract.role}@${version} is not published.`)
    const findings = contractFindings(contract, published.model)
    if (findings.length === 0) return
    const detail = `${contract.role}@${version}: ${findings.map(({ message }) => message).join('; ')}`
    const places = findings.slice(0, named).map(({ pointer = '', message }) => ({ pointer, detail: message }))
    throw new CallerError(contractUnmet, detail.slice(0, 2_000), { places })
  }

  #known(role: string): RoleContract {
    const contract = this.contractOf(role)
    if (contract === null) throw new CallerError(unknownRole, `There is no role ${role}.`)
    return contract
  }

  #filled(contract: RoleContract): FilledRole {
    const { models } = this.#options
    const assigned = this.#assigned.get(contract.role) ?? null
    const chosen = assigned === null ? null : models.published(contract.role, assigned.version)
    const findings = chosen === null ? [] : contractFindings(contract, chosen.model)
    const shipped = models.newestShipped(contract.role)?.model.version ?? null
    const version = chosen !== null && findings.length === 0 ? chosen.model.version : shipped
    return { contract, version, assigned, findings }
  }
}
