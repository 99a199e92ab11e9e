import type { PolicyStorage } from '../app/policies/storage.ts'
import { firingRows } from './firing-rows.ts'
import { policyLog } from './policy-log.ts'
import { policyRows } from './policy-rows.ts'
import { policyWork } from './policy-work.ts'

export const policyStorage: PolicyStorage = {
  policies: policyRows,
  log: policyLog,
  firings: firingRows,
  work: policyWork,
}
