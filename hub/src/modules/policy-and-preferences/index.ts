import type { Hono } from 'hono'
import type { ApiEnv } from '../../platform/http/api.ts'
import type { Task } from '../../engine/index.ts'
import type { PoliciesDependencies } from './app/policies/dependencies.ts'
import { policyWorker } from './app/policies/worker.ts'
import { policyDecide } from './app/policy-task.ts'
import { approvalRoutes } from './http/approvals.ts'
import { policiesRoutes } from './http/policies.ts'
import { policyRoutes } from './http/routes.ts'
import { policyStorage } from './store/policy-storage.ts'

/** Asked before each delivery; preferences constrain every plan, and every decision is explained rule by rule. */
export interface PolicyAndPreferences {
  /** Engine tasks that the shipped patterns use, by name. */
  readonly tasks: Readonly<Record<string, Task>>
  routes(): Hono<ApiEnv>
  /** Policies begin to follow events and to do what is due. */
  start(): void
  stop(): Promise<void>
}

export function createPolicyAndPreferences(given: Omit<PoliciesDependencies, 'storage'>): PolicyAndPreferences {
  const deps: PoliciesDependencies = { ...given, storage: policyStorage }
  const worker = policyWorker(deps)
  return {
    tasks: { 'policy.decide': policyDecide(deps) },
    routes() {
      const router = policyRoutes(deps)
      policiesRoutes(router, deps)
      approvalRoutes(router, deps)
      return router
    },
    start: () => worker.start(),
    stop: () => worker.stop(),
  }
}
