import type { RegistrationDependencies } from '../dependencies.ts'
import { DecisionLog } from './decision-log.ts'
import { recording } from './recording.ts'

/** The audit of this hub: from now on every transaction of its database is recorded, and so is every decision. */
export function decisionLog({ clock, database, log, storage }: RegistrationDependencies): DecisionLog {
  const { append } = storage.audit
  database.beforeCommit(recording({ clock, append }))
  return new DecisionLog({
    clock,
    log,
    write: (entries) => database.transaction((tx) => append(tx.sql, entries)),
  })
}
