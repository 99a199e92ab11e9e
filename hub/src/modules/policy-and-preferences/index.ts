import type { Hono } from 'hono'
import type { ApiEnv } from '../../platform/http/api.ts'
import type { Task } from '../../engine/index.ts'
import type { PolicyDependencies } from './app/dependencies.ts'
import { policyDecide } from './app/policy-task.ts'
import { policyRoutes } from './http/routes.ts'

/** Asked before each delivery; preferences constrain every plan, and every decision is explained rule by rule. */
export interface PolicyAndPreferences {
  /** Engine tasks that the shipped patterns use, by name. */
  readonly tasks: Readonly<Record<string, Task>>
  routes(): Hono<ApiEnv>
}

export function createPolicyAndPreferences(deps: PolicyDependencies): PolicyAndPreferences {
  return { tasks: { 'policy.decide': policyDecide(deps) }, routes: () => policyRoutes(deps) }
}
