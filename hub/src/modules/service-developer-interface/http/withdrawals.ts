import type { Hono } from 'hono'
import { forbidden, notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { stateNotAllowed } from '../../service-definitions/index.ts'
import { withdrawalOf, withdrawVersion, type WithdrawalDeps, type WithdrawalView } from '../app/withdraw.ts'
import * as contract from '../contract-releases.ts'
import { nothingToReturnTo } from '../errors.ts'

const tag = 'releases'

/** Taking a version back. */
export function addWithdrawals(app: Hono<ApiEnv>, deps: WithdrawalDeps): void {
  app.get(
    '/services/:service/versions/:version/withdrawal',
    ...endpoint({
      id: 'getWithdrawal',
      summary: 'Tells what withdrawing a version would mean, or what came of it',
      tag,
      action: 'adoption.read',
      params: contract.versionParams,
      answer: { status: 200, schema: contract.withdrawalAnswer },
      problems: [notFound],
    }),
    async (c) => {
      const { service, version } = valid(c, 'param')
      return c.json(shown(await withdrawalOf(deps, c.get('principal'), service, version)))
    },
  )
  app.post(
    '/services/:service/versions/:version/withdrawal',
    ...endpoint({
      id: 'withdrawVersion',
      summary:
        'Takes a version back: it is chosen for nobody any more; households go back to the previous one if wanted',
      tag,
      action: 'service.publish',
      params: contract.versionParams,
      body: contract.withdrawalBody,
      answer: { status: 202, schema: contract.withdrawalAnswer },
      problems: [stateNotAllowed, nothingToReturnTo, forbidden, notFound],
    }),
    async (c) => {
      return c.json(shown(await withdrawVersion(deps, c.get('principal'), valid(c, 'param'), valid(c, 'json'))), 202)
    },
  )
}

function shown({ withdrawn, consequences, ...about }: WithdrawalView) {
  if (withdrawn === null) return { ...about, consequences: [...consequences], withdrawn: null }
  const { reason, by, startedAt, backTo, state, placed, refused, refusals } = withdrawn
  const rollBack = backTo === null ? null : { to: backTo, state, placed, refused, refusals: [...refusals] }
  return {
    ...about,
    consequences: [...consequences],
    withdrawn: { reason, by, at: startedAt.toISOString(), rollBack },
  }
}
