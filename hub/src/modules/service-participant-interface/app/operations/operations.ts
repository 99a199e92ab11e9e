import type { Decision, Principal, Scope } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents, type LifecycleEvent } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import type { Tx } from '../../../../platform/database.ts'
import type { DeviceSelection } from '../../../entity-management/index.ts'
import type { DeviceOperation, OperationPreview, OperationWish } from '../../domain/operations/operation.ts'
import { begun } from '../../domain/operations/begun.ts'
import { hasMoved } from '../../domain/operations/pace.ts'
import type { OperationDependencies } from './dependencies.ts'
import { operationEnded, previewGone, selectionMoved, tooManyOperations } from './errors.ts'
import { kindOf } from './kinds.ts'

/** Running at the same time, per tenant. */
const mostRunning = 10

/** The preview behind a token, for whoever made it. @throws CallerError `preview-gone` */
export async function previewOf(
  { database, clock, operations }: OperationDependencies,
  { id: principal }: Pick<Principal, 'id'>,
  token: string,
): Promise<OperationPreview> {
  const found = await operations.preview(database.sql, token)
  if (found === null || found.principal !== principal || found.expiresAt <= clock.now()) throw gone(token)
  return found
}

/**
 * Starts what was previewed; this hub or another carries it out.
 * @throws CallerError `selection-moved`, `too-many-operations`, `preview-gone`, and what previews are refused with
 */
export async function startOperation(
  deps: OperationDependencies,
  preview: OperationPreview,
  perMinute: number,
  decision: Decision,
): Promise<DeviceOperation> {
  const { entities, clock, database, operations } = deps
  const { tenant, selection, operation: wish, counted } = preview
  await kindOf(deps, wish).check(tenant, wish)
  const planned = await entities.countSelected(tenant, selection)
  if (hasMoved(counted, planned))
    throw new CallerError(selectionMoved, `${counted} devices were selected at the preview, ${planned} are now.`)
  const now = clock.now()
  const operation = begun(preview, { id: newId('dop', now), planned, perMinute, decision: decision.id, now })
  await database.transaction(async (tx) => {
    const running = await operations.countRunning(tx, tenant)
    if (running >= mostRunning) throw new CallerError(tooManyOperations, `${running} operations are running.`)
    if (!(await operations.takePreview(tx.sql, preview.id))) throw gone(preview.id)
    await operations.insert(tx.sql, operation)
    const use = { kind: 'device operation', id: operation.id, name: wish.kind }
    for (const group of groupsOf(selection, wish)) await entities.groups.use(tx, group, use)
    await appendEvents(tx, deps.doorbells, [operationEvent('started', operation)])
  })
  return operation
}

/** What was done stays done; a batch under way is finished. @throws CallerError `operation-ended` */
export function cancelOperation(
  deps: OperationDependencies,
  { id, state }: DeviceOperation,
  reason: string,
): Promise<DeviceOperation> {
  return deps.database.transaction(async (tx) => {
    const ended = await endOperation(deps, tx, id, { state: 'cancelled', why: reason })
    if (ended === null) throw new CallerError(operationEnded, `The operation ${id} is ${state} already.`)
    return ended
  })
}

/** Null when it has ended already, or is another hub's now (`lease`). */
export async function endOperation(
  { operations, entities, clock, doorbells }: OperationDependencies,
  tx: Tx,
  id: string,
  end: { readonly state: Exclude<DeviceOperation['state'], 'running'>; readonly why: string; readonly lease?: string },
): Promise<DeviceOperation | null> {
  const ended = await operations.end(tx, id, { ...end, now: clock.now() })
  if (ended === null) return null
  await entities.groups.release(tx, { kind: 'device operation', id })
  await appendEvents(tx, doorbells, [operationEvent(ended.state === 'done' ? 'completed' : ended.state, ended)])
  return ended
}

export const findOperation = ({ operations, database }: OperationDependencies, id: string) =>
  operations.find(database.sql, id)

export const pageOperations = (
  { operations, database }: OperationDependencies,
  page: Parameters<OperationDependencies['operations']['page']>[1],
  scope: Scope,
) => operations.page(database.sql, page, scope)

export const pageExceptions = (
  { operations, database }: OperationDependencies,
  id: string,
  page: { limit: number; after: string },
) => operations.exceptions(database.sql, id, page)

function operationEvent(what: string, operation: DeviceOperation): LifecycleEvent {
  const { id, tenant, operation: wish, planned, done, skipped, failed, why } = operation
  const data = { kind: wish.kind, planned, done, skipped, failed, why }
  return { type: `device-operation.${what}`, subject: id, tenant, household: null, data }
}

function groupsOf({ group }: DeviceSelection, wish: OperationWish): ReadonlySet<string> {
  return new Set([...(group === undefined ? [] : [group]), ...('group' in wish ? [wish.group] : [])])
}

function gone(token: string): CallerError {
  return new CallerError(previewGone, `There is no preview ${token.slice(0, 64)} of yours that can be run.`)
}
