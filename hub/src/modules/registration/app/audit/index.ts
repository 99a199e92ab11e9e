import { mainTenant } from '../../../../platform/access.ts'
import type { AuditEntry, WaitingEntry } from '../../domain/audit-entry.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import { DeviceTenants } from '../device-tenants.ts'
import { DecisionLog } from './decision-log.ts'
import { deviceDecisions } from './device-decisions.ts'
import { auditExport } from './export.ts'
import { auditHeads } from './heads.ts'
import { auditList } from './list.ts'
import { peopleDecisions } from './people-decisions.ts'
import { recording } from './recording.ts'

/** The audit of this hub: from now on every transaction of its database is recorded, and so is every decision. */
export function auditUseCases(deps: RegistrationDependencies, hub: () => string) {
  const { clock, database, log: hubLog, storage } = deps
  const { append } = storage.audit
  database.beforeCommit(recording({ clock, append }))
  const tenants = new DeviceTenants(deps)
  const write = async (waiting: readonly WaitingEntry[]): Promise<void> => {
    const entries = await Promise.all(waiting.map((entry) => placed(entry, tenants)))
    await database.transaction((tx) => append(tx.sql, entries))
  }
  const log = new DecisionLog({ clock, log: hubLog, write })
  const heads = auditHeads(deps)
  return {
    log,
    heads,
    devices: deviceDecisions(log, clock),
    people: peopleDecisions(log),
    list: auditList(deps, log),
    export: auditExport(deps, heads, log, hub),
    start: heads.start,
    /** Writes what was decided last. */
    async stop(): Promise<void> {
      heads.stop()
      await log.stop()
    },
  }
}

/** Of strangers the installation's own people hear. */
async function placed(entry: WaitingEntry, tenants: DeviceTenants): Promise<AuditEntry> {
  const { tenant, principal } = entry
  if (tenant !== null) return { ...entry, tenant }
  return { ...entry, tenant: (principal.kind === 'device' && (await tenants.find(principal.id))) || mainTenant }
}
