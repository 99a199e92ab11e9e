import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { storableText } from '../../platform/storable-text.ts'
import { policyDocument } from './contract-policy-document.ts'

/** What became of policies: their versions, trials, firings, and what people are asked. */

const instant = z.iso.datetime()
const count = z.number().int()

export const policyStates = ['draft', 'tested', 'active', 'off'] as const
export type PolicyState = (typeof policyStates)[number]

export const policyVersionView = z
  .object({
    policy: z.string(),
    version: count,
    state: z.enum(policyStates),
    document: policyDocument,
    /** By whom and when it was written. */
    createdBy: z.string(),
    createdAt: instant,
    /** By whom, when and on what decision it was switched on; null before. */
    activated: z.object({ by: z.string(), at: instant, decision: z.string(), trial: z.string() }).nullable(),
    /** Why it is off, where it was not a newer version. */
    detail: z.string(),
  })
  .meta({ id: 'PolicyVersion' })

export const policyView = z
  .object({
    id: z.string(),
    name: z.string(),
    /** The version that is in force, or null. */
    active: count.nullable(),
    newest: count,
    /** Where it is in force: only for devices of this group, or, when null, for the whole tenant. */
    group: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Policy' })

const clauseView = z.object({ source: z.string(), held: z.boolean(), detail: z.string() })

export const actionView = z
  .object({
    kind: z.enum(['order', 'hold', 'approve', 'notify']),
    state: z.enum(['open', 'waiting', 'done', 'refused', 'dropped']),
    /** What it came to, in words. */
    detail: z.string(),
    order: z.string().optional(),
    approval: z.string().optional(),
    /** As it was rendered. */
    wanted: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'PolicyFiringAction' })

export const firingStates = ['not-held', 'limited', 'open', 'waiting', 'done', 'refused', 'denied'] as const
export type FiringState = (typeof firingStates)[number]

export const firingView = z
  .object({
    id: z.string(),
    policy: z.string(),
    name: z.string(),
    version: count,
    /** What set it off: an event of the log, or a moment. */
    cause: z.object({ kind: z.enum(['event', 'schedule', 'localTime', 'delivery']), id: z.string(), what: z.string() }),
    household: z.string().nullable(),
    subject: z.string(),
    at: instant,
    state: z.enum(firingStates),
    detail: z.string(),
    /** The parts of `if`, each with what it read. */
    clauses: z.array(clauseView),
    actions: z.array(actionView),
  })
  .meta({ id: 'PolicyFiring' })

export const trialRequest = z
  .strictObject({
    /** How far back recorded events are looked at. */
    days: z.number().int().min(1).max(30).default(7),
    /** As it will be in force: only for devices of this group, and households with one. */
    group: storableText(64).optional(),
  })
  .meta({ id: 'PolicyTrialRequest' })

export const trialView = z
  .object({
    id: z.string(),
    policy: z.string(),
    version: count,
    at: instant,
    by: z.string(),
    /** Back to when events were looked at. */
    since: instant,
    /** False when there was more than a trial may look at: the newest were taken. */
    whole: z.boolean(),
    /** Of whose devices alone it was; null = of the whole tenant. The policy comes into force so. */
    group: z.string().nullable(),
    seen: count,
    held: count,
    orders: count,
    refused: count,
    households: count,
    /** All households of the tenant. */
    ofHouseholds: count,
    /** Whether so many households would be ordered for that switching it on has to be acknowledged. */
    everyone: z.boolean(),
    summary: z.string(),
    /** The first of what would have happened, and of what would not. */
    shown: z.array(
      z.object({
        at: instant,
        what: z.string(),
        household: z.string().nullable(),
        held: z.boolean(),
        would: z.array(z.string()),
        clauses: z.array(clauseView),
      }),
    ),
  })
  .meta({ id: 'PolicyTrial' })
export type TrialView = z.infer<typeof trialView>

export const activationRequest = z
  .strictObject({
    /** The dry run that was looked at: it must be of this version. */
    trial: storableText(64).min(1),
    /** What was noticed and is wanted all the same. */
    acknowledge: z
      .array(z.enum(['everyone', 'nothing-seen']))
      .max(2)
      .default([]),
  })
  .meta({ id: 'PolicyActivation' })

export const switchOffRequest = z
  .strictObject({ reason: storableText(500).default('switched off by request') })
  .meta({ id: 'PolicySwitchOff' })

export const approvalStates = ['waiting', 'approved', 'denied', 'expired'] as const

export const approvalView = z
  .object({
    id: z.string(),
    policy: z.string(),
    name: z.string(),
    version: count,
    /** What it is about: a firing, or a delivery that waits. */
    firing: z.string().nullable(),
    delivery: z.string().nullable(),
    household: z.string().nullable(),
    question: z.string(),
    by: z.enum(['operator', 'household']),
    state: z.enum(approvalStates),
    /** When it ends by itself, and how. */
    until: instant,
    else: z.enum(['deny', 'approve']),
    askedAt: instant,
    decided: z.object({ by: z.string(), at: instant, reason: z.string(), decision: z.string() }).nullable(),
  })
  .meta({ id: 'Approval' })

export const approvalAnswer = z.strictObject({ reason: storableText(500).default('') }).meta({ id: 'ApprovalAnswer' })

export const firingQuery = pageQuery.extend({
  policy: storableText(64).optional(),
  household: storableText(64).optional(),
  state: z.enum(firingStates).optional(),
})
export const approvalQuery = pageQuery.extend({
  state: z.enum(approvalStates).optional(),
  household: storableText(64).optional(),
})
