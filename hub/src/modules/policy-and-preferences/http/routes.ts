import type { Hono } from 'hono'
import { api, type ApiEnv } from '../../../platform/http/api.ts'
import type { PolicyDependencies } from '../app/dependencies.ts'
import type { ForeseenByPolicies } from '../app/foresee-decision.ts'
import { addConsents } from './consents.ts'
import { addExplanations } from './explanations.ts'
import { addPreferences } from './preferences.ts'

/** Preferences, consents, and what the policies say about a device. */
export function policyRoutes(deps: PolicyDependencies, policies: ForeseenByPolicies): Hono<ApiEnv> {
  const app = api()
  addPreferences(app, deps)
  addConsents(app, deps)
  addExplanations(app, deps, policies)
  return app
}
