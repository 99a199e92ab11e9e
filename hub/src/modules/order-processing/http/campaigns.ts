import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { rememberAnswer } from '../../../platform/http/idempotency.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import { CallerError } from '../../../platform/errors.ts'
import { actOn, approveWave, campaignFor } from '../app/campaigns/acts.ts'
import { createCampaign } from '../app/campaigns/create-campaign.ts'
import type { CampaignDependencies } from '../app/campaigns/dependencies.ts'
import { campaignImpossible, campaignNotThere, nothingToApprove, sameApprover } from '../app/campaigns/errors.ts'
import { previewOf } from '../app/campaigns/preview.ts'
import { campaignStates, targetStates } from '../app/campaigns/campaign.ts'
import {
  actRequest,
  approvalRequest,
  campaignAnswer,
  campaignRequest,
  campaignWithWaves,
  deviceCampaignAnswer,
  documentOf,
  previewAnswer,
  targetAnswer,
} from '../contract-campaigns.ts'
import { historyFilter } from '../contract.ts'
import { skipKinds } from '../domain/campaigns/eligible.ts'
import { unknownService, unknownVersion } from '../errors.ts'
import { campaignView, campaignWithWavesView, previewView, targetView } from './campaign-views.ts'

const idParams = z.object({ id: storableText(64).min(1) })

/** Campaigns under /api/v1. */
export function campaignRoutes(app: Hono<ApiEnv>, deps: CampaignDependencies): void {
  create(app, deps)
  lists(app, deps)
  one(app, deps)
  acts(app, deps)
}

function create(app: Hono<ApiEnv>, deps: CampaignDependencies): void {
  app.post(
    '/campaigns',
    ...endpoint({
      id: 'createCampaign',
      summary: 'Writes a campaign down and looks at its devices',
      description:
        'Nothing is ordered before it is started. Follow it until it is `planned`; its preview says what it would do.',
      tag: 'Campaigns',
      action: 'campaign.write',
      body: campaignRequest,
      answer: { status: 201, schema: campaignAnswer, description: 'The campaign, being planned' },
      problems: [campaignImpossible, unknownService, unknownVersion],
    }),
    async (c) => {
      const location = (id: string) => ({ Location: `/api/v1/campaigns/${id}` })
      const made = await createCampaign(deps, c.get('principal'), documentOf(valid(c, 'json')), (tx, campaign) =>
        rememberAnswer(c, tx, 201, campaignView(campaign), location(campaign.id)),
      )
      return c.json(campaignView(made), 201, location(made.id))
    },
  )
}

function lists(app: Hono<ApiEnv>, deps: CampaignDependencies): void {
  app.get(
    '/campaigns',
    ...endpoint({
      id: 'listCampaigns',
      summary: 'Lists campaigns',
      tag: 'Campaigns',
      action: 'campaign.read',
      query: pageQuery.extend({ sort: historyFilter.sort, state: z.enum(campaignStates).optional() }),
      answer: { status: 200, schema: pageSchema(campaignAnswer) },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = valid(c, 'query')
      const scope = deps.access.scope(c.get('principal'), 'campaign.read')
      const found = await deps.campaigns.campaigns({ ...filter, limit: limit + 1, after: readCursor(cursor) }, scope)
      return c.json(pageOf(found.map(campaignView), limit, (campaign) => campaign.id))
    },
  )
  app.get(
    '/campaigns/:id/targets',
    ...endpoint({
      id: 'listCampaignTargets',
      summary: 'Lists the devices of a campaign with what came of each',
      tag: 'Campaigns',
      action: 'campaign.read',
      params: idParams,
      query: pageQuery.extend({ state: z.enum(targetStates).optional(), kind: z.enum(skipKinds).optional() }),
      answer: { status: 200, schema: pageSchema(targetAnswer) },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const { limit, cursor, state, kind } = valid(c, 'query')
      await campaignFor(deps, c.get('principal'), 'campaign.read', id)
      const page = { limit: limit + 1, after: readCursor(cursor), state, kind }
      const found = await deps.campaigns.targets(id, page)
      return c.json(pageOf(found.map(targetView), limit, ({ device }) => device))
    },
  )
  app.get(
    '/devices/:id/campaigns',
    ...endpoint({
      id: 'listDeviceCampaigns',
      summary: 'Lists what campaigns did, or did not do, for a device, newest first',
      tag: 'Campaigns',
      action: 'campaign.read',
      params: idParams,
      answer: { status: 200, schema: z.object({ items: z.array(deviceCampaignAnswer).max(50) }) },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const device = await deps.entities.device(id)
      if (device === null) throw new CallerError(notFound, `there is no device ${id}`)
      const { tenant, household } = device
      deps.access.authorise(c.get('principal'), 'campaign.read', { tenant, household })
      const found = await deps.campaigns.targetsOfDevice(tenant, id)
      return c.json({ items: found.map((target) => ({ ...targetView(target), name: target.name })) })
    },
  )
}

function one(app: Hono<ApiEnv>, deps: CampaignDependencies): void {
  app.get(
    '/campaigns/:id',
    ...endpoint({
      id: 'getCampaign',
      summary: 'Shows a campaign with its waves and what people did about it',
      tag: 'Campaigns',
      action: 'campaign.read',
      params: idParams,
      answer: { status: 200, schema: campaignWithWaves },
      problems: [notFound],
    }),
    async (c) => c.json(await shown(c, deps, valid(c, 'param').id)),
  )
  app.get(
    '/campaigns/:id/preview',
    ...endpoint({
      id: 'getCampaignPreview',
      summary:
        'Says what a planned campaign would do: for which devices, for which not and why, how many bytes, until when',
      tag: 'Campaigns',
      action: 'campaign.read',
      params: idParams,
      answer: { status: 200, schema: previewAnswer },
      problems: [notFound, campaignNotThere],
    }),
    async (c) => {
      const { campaign } = await campaignFor(deps, c.get('principal'), 'campaign.read', valid(c, 'param').id)
      if (campaign.plannedAt === null)
        throw new CallerError(campaignNotThere, `campaign ${campaign.id} is ${campaign.state}: ${campaign.why}`)
      return c.json(previewView(campaign, await previewOf(deps, campaign)))
    },
  )
}

const ways = [
  ['preview', 'previewCampaign', 'Looks at the devices of a planned campaign again'],
  ['start', 'startCampaign', 'Starts a planned campaign'],
  ['pause', 'pauseCampaign', 'Orders nothing more until it is resumed; what is open goes on'],
  ['resume', 'resumeCampaign', 'Goes on with a paused campaign, in spite of what made it pause'],
  ['abort', 'abortCampaign', 'Ends a campaign: orders nothing more and cancels what is open'],
  ['roll-back', 'rollBackCampaign', 'Brings every household back to where the campaign found it'],
] as const

function acts(app: Hono<ApiEnv>, deps: CampaignDependencies): void {
  for (const [act, id, summary] of ways)
    app.post(
      `/campaigns/:id/${act}`,
      ...endpoint({
        id,
        summary,
        tag: 'Campaigns',
        action: 'campaign.write',
        params: idParams,
        body: actRequest,
        answer: { status: 202, schema: campaignWithWaves },
        problems: [notFound, campaignNotThere],
      }),
      async (c) => {
        const { id: campaign } = valid(c, 'param')
        await actOn(deps, c.get('principal'), campaign, act, valid(c, 'json').reason)
        return c.json(await shown(c, deps, campaign), 202)
      },
    )
  app.post(
    '/campaigns/:id/approve',
    ...endpoint({
      id: 'approveCampaign',
      summary: 'Lets a wave begin that waits for a second person',
      tag: 'Campaigns',
      action: 'campaign.approve',
      params: idParams,
      body: approvalRequest,
      answer: { status: 202, schema: campaignWithWaves },
      problems: [notFound, campaignNotThere, nothingToApprove, sameApprover],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      await approveWave(deps, c.get('principal'), id, valid(c, 'json'))
      return c.json(await shown(c, deps, id), 202)
    },
  )
}

async function shown(c: Context<ApiEnv>, deps: CampaignDependencies, id: string) {
  const { campaign } = await campaignFor(deps, c.get('principal'), 'campaign.read', id)
  return campaignWithWavesView(campaign, await deps.campaigns.waves(id), await deps.campaigns.acts(id))
}
