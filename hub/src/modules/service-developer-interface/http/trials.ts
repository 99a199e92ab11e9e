import type { Hono } from 'hono'
import { z } from 'zod'
import { forbidden, notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { invalidCursor } from '../../../platform/http/codes.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { pageTestDevices, trialOf, trialsOf, tryOn, undoTrial, type TrialDeps, type TrialView } from '../app/trials.ts'
import * as contract from '../contract-trials.ts'
import { notTestDevice, trialOver } from '../errors.ts'
import { orderProblems } from '../../order-processing/index.ts'
import { notSigned } from '../../service-definitions/index.ts'

const tag = 'trials'
const path = '/services/:service/versions/:version/trials'
const refusals = [notSigned, orderProblems.noComponentFits, orderProblems.relationBroken, orderProblems.unknownVersion]

/** Trying versions on test devices, before or after their release. */
export function addTrials(app: Hono<ApiEnv>, deps: TrialDeps): void {
  addTrying(app, deps)
  addReading(app, deps)
}

function addTrying(app: Hono<ApiEnv>, deps: TrialDeps): void {
  app.post(
    path,
    ...endpoint({
      id: 'tryVersion',
      summary: 'Gives a version, released or not, to test devices only',
      description:
        'Signed and published is enough. A test device is one that operators have given the tag `test-device`.',
      tag,
      action: 'trial.write',
      params: contract.versionParams,
      body: contract.trialBody,
      answer: { status: 202, schema: z.object({ items: z.array(contract.trialAnswer) }) },
      problems: [notTestDevice, ...refusals, forbidden, notFound],
    }),
    async (c) => {
      const trials = await tryOn(deps, c.get('principal'), valid(c, 'param'), valid(c, 'json').devices)
      return c.json({ items: trials.map(shown) }, 202)
    },
  )
  app.post(
    `${path}/:trial/undo`,
    ...endpoint({
      id: 'undoTrial',
      summary: 'Gives the devices of a trial back what their household had before',
      tag,
      action: 'trial.write',
      params: contract.trialParams,
      answer: { status: 202, schema: contract.trialAnswer },
      problems: [trialOver, ...refusals, forbidden, notFound],
    }),
    async (c) => {
      const { trial, ...which } = valid(c, 'param')
      return c.json(shown(await undoTrial(deps, c.get('principal'), which, trial)), 202)
    },
  )
}

function addReading(app: Hono<ApiEnv>, deps: TrialDeps): void {
  app.get(
    path,
    ...endpoint({
      id: 'listTrials',
      summary: 'Lists trials of a version on test devices, newest first',
      tag,
      action: 'trial.read',
      params: contract.versionParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(contract.trialAnswer) },
      problems: [notFound, invalidCursor],
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const found = await trialsOf(deps, c.get('principal'), valid(c, 'param'), readCursor(cursor), limit + 1)
      return c.json(pageOf(found.map(shown), limit, ({ id }) => id))
    },
  )
  app.get(
    `${path}/:trial`,
    ...endpoint({
      id: 'getTrial',
      summary: 'Tells what came of a trial, device by device',
      tag,
      action: 'trial.read',
      params: contract.trialParams,
      answer: { status: 200, schema: contract.trialAnswer },
      problems: [notFound],
    }),
    async (c) => {
      const { trial, ...which } = valid(c, 'param')
      return c.json(shown(await trialOf(deps, c.get('principal'), which, trial)))
    },
  )
  app.get(
    '/test-devices',
    ...endpoint({
      id: 'listTestDevices',
      summary: 'Lists the devices on which versions may be tried before their release',
      tag,
      action: 'test-device.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(contract.testDeviceAnswer) },
      problems: [invalidCursor],
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const found = await pageTestDevices(deps, c.get('principal'), readCursor(cursor), limit + 1)
      const rows = found.map(({ id, class: name, reachable, capabilities }) => ({
        id,
        class: name,
        model: capabilities?.hardware.model ?? null,
        reachable,
      }))
      return c.json(pageOf(rows, limit, ({ id }) => id))
    },
  )
}

function shown({ id, service, version, had, state, order, by, at, undoOrder, undoing, outcomes }: TrialView) {
  const undone = undoOrder === null || undoing === null ? null : { order: undoOrder, state: undoing }
  return { id, service, version, had, state, order, by, at: at.toISOString(), undone, devices: [...outcomes] }
}
