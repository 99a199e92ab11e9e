import type { z } from 'zod'
import type { Approval, Firing, Policy, PolicyVersion, Trial } from '../app/policies/storage.ts'
import type { approvalView, firingView, policyVersionView, policyView, trialView } from '../contract-policies.ts'

/** Policies as the API shows them. */

export function policyOut({ id, name, active, newest, group, createdAt }: Policy): z.infer<typeof policyView> {
  return { id, name, active, newest, group, createdAt: createdAt.toISOString() }
}

export function versionOut(found: PolicyVersion): z.infer<typeof policyVersionView> {
  const { policy, version, state, document, createdBy, createdAt, activatedBy, activatedAt, decision, trial, detail } =
    found
  return {
    policy,
    version,
    state,
    document,
    createdBy,
    detail,
    createdAt: createdAt.toISOString(),
    activated:
      activatedBy === null || activatedAt === null
        ? null
        : { by: activatedBy, at: activatedAt.toISOString(), decision: decision ?? '', trial: trial ?? '' },
  }
}

export function trialOut({ id, policy, version, at, result }: Trial): z.infer<typeof trialView> {
  return { id, policy, version, at: at.toISOString(), ...result }
}

export function firingOut(firing: Firing): z.infer<typeof firingView> {
  const { id, policy, name, version, cause, household, subject, at, state, detail, clauses, actions } = firing
  return {
    id,
    policy,
    name,
    version,
    cause,
    household,
    subject,
    state,
    detail,
    at: at.toISOString(),
    clauses: [...clauses],
    actions: actions.map((action) => ({ ...action })),
  }
}

export function approvalOut(approval: Approval): z.infer<typeof approvalView> {
  const { id, policy, name, version, firing, delivery, household, question, asked, otherwise, state, until } = approval
  const { askedAt, decidedBy, decidedAt, reason, decision } = approval
  return {
    id,
    policy,
    name,
    version,
    firing,
    delivery,
    household,
    question,
    state,
    by: asked,
    until: until.toISOString(),
    else: otherwise,
    askedAt: askedAt.toISOString(),
    decided: decidedAt === null ? null : { by: decidedBy ?? 'nobody', at: decidedAt.toISOString(), reason, decision },
  }
}
