import type { Hono } from 'hono'
import type { z } from 'zod'
import { forbidden } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { resolutionTooComplex } from '../app/errors.ts'
import { resolution, type Resolution, type ResolutionDeps } from '../app/resolutions.ts'
import * as contract from './resolution-contract.ts'

/** POST /resolutions */
export function addResolutions(app: Hono<ApiEnv>, deps: ResolutionDeps): void {
  app.post(
    '/resolutions',
    ...endpoint({
      id: 'resolveHousehold',
      summary: 'Tells which versions a household would get, or why it cannot have what is wished; orders nothing',
      description:
        'The household as it is, with services added and removed. What is there stays at its version unless something ' +
        'needs it newer; what is required comes along, and what is replaced or not needed any more goes.',
      tag: 'services',
      action: 'order.write',
      body: contract.resolutionBody,
      answer: { status: 200, schema: contract.resolutionAnswer },
      problems: [unknownHousehold, resolutionTooComplex, forbidden],
    }),
    async (c) => {
      const { add, ...request } = valid(c, 'json')
      const found = await resolution(deps, c.get('principal'), { ...request, add: add.map(withoutUndefined) })
      return c.json(resolutionView(found))
    },
  )
}

type RequestedWish = z.output<typeof contract.resolutionBody>['add'][number]

function withoutUndefined({ service, channel, version, range, devices }: RequestedWish) {
  return {
    service,
    ...(channel !== undefined && { channel }),
    ...(version !== undefined && { version }),
    ...(range !== undefined && { range }),
    ...(devices !== undefined && { devices }),
  }
}

function resolutionView({ answer, installed }: Resolution) {
  if (!answer.ok) {
    const reasons = answer.reasons.map(({ sentence, services, versions = [], devices = [], relation = null }) => ({
      sentence,
      services: [...services],
      versions: [...versions],
      devices: [...devices],
      relation: relation && { kind: relation.kind, ranges: [...relation.ranges] },
    }))
    return { ok: false, assignment: [], order: [], remove: [], reasons, minimal: answer.minimal }
  }
  const before = new Map(installed.map(({ service, version }) => [service, version]))
  return {
    ok: true,
    assignment: answer.assignment.map(({ by = null, devices, leftOut, ...one }) => ({
      ...one,
      before: before.get(one.service) ?? null,
      by,
      devices: [...devices],
      leftOut: [...leftOut],
    })),
    order: answer.order.map((layer) => [...layer]),
    remove: [...answer.remove],
    reasons: [],
    minimal: true,
  }
}
