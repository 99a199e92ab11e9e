import type { Hono } from 'hono'
import { notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import type { PoliciesDependencies } from '../app/policies/dependencies.ts'
import * as problems from '../app/policies/errors.ts'
import { activatePolicy, switchOff } from '../app/policies/switch-policy.ts'
import { tryPolicy } from '../app/policies/try-policy.ts'
import {
  activationRequest,
  policyVersionView,
  policyView,
  switchOffRequest,
  trialRequest,
  trialView,
} from '../contract-policies.ts'
import { policyParams, versionParams } from './policy-params.ts'
import { policyOut, trialOut, versionOut } from './policy-views.ts'

const tag = 'Policies'

/** Trying a version of a policy out, putting it in force, taking it out again. */
export function addSwitching(app: Hono<ApiEnv>, deps: PoliciesDependencies): void {
  app.post(
    '/policies/:id/versions/:version/trials',
    ...endpoint({
      id: 'tryPolicyVersion',
      summary: 'Tries a version on recorded events: what it would have done',
      description:
        'Nothing is ordered and nothing fires. Events are judged by devices, households and subscriptions as they are now, newest first; limits are not counted.',
      tag,
      action: 'policy.write',
      params: versionParams,
      body: trialRequest,
      answer: { status: 201, schema: trialView },
      problems: [notFound],
    }),
    async (c) => {
      const { id, version } = valid(c, 'param')
      return c.json(trialOut(await tryPolicy(deps, c.get('principal'), id, version, valid(c, 'json'))), 201)
    },
  )
  app.post(
    '/policies/:id/versions/:version/activate',
    ...endpoint({
      id: 'activatePolicyVersion',
      summary: 'Puts a version in force, in place of the one before',
      tag,
      action: 'policy.write',
      params: versionParams,
      body: activationRequest,
      answer: { status: 200, schema: policyVersionView },
      problems: [
        notFound,
        problems.policyUntested,
        problems.policyForEveryone,
        problems.policyNothingSeen,
        problems.policyLoop,
      ],
    }),
    async (c) => {
      const { id, version } = valid(c, 'param')
      const activated = await activatePolicy(deps, c.get('principal'), id, version, valid(c, 'json'))
      return c.json(versionOut(activated.version))
    },
  )
  app.post(
    '/policies/:id/off',
    ...endpoint({
      id: 'switchPolicyOff',
      summary: 'Takes a policy out of force, with its holds and what it has not gone through yet',
      tag,
      action: 'policy.write',
      params: policyParams,
      body: switchOffRequest,
      answer: { status: 200, schema: policyView },
      problems: [notFound, problems.policyNotActive],
    }),
    async (c) => {
      const { reason } = valid(c, 'json')
      return c.json(policyOut(await switchOff(deps, c.get('principal'), valid(c, 'param').id, reason)))
    },
  )
}
