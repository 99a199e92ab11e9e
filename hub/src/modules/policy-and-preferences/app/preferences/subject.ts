import { notFound } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import type { EntityManagement, Subject } from '../../../entity-management/index.ts'

/** Whose a subject of preferences is, as far as authorization needs it. */
export interface SubjectObject {
  readonly tenant: string
  readonly household?: string
  readonly owner?: string
}

/**
 * A user is nobody's household alone: who may see the user sees their preferences. That a tenant is there says that somebody of it asks.
 * @throws CallerError `not-found`
 */
export async function subjectObject(entities: EntityManagement, { kind, id }: Subject): Promise<SubjectObject> {
  if (kind === 'tenant') return { tenant: id }
  if (kind === 'user') {
    const [user] = await entities.users([id])
    if (user === undefined) throw new CallerError(notFound, `there is no user ${id}`)
    return { tenant: user.tenant, owner: user.id }
  }
  const found = kind === 'device' ? await entities.device(id) : await entities.household(id)
  if (found === null) throw new CallerError(notFound, `there is no ${kind} ${id}`)
  return { tenant: found.tenant, household: 'household' in found ? found.household : found.id }
}
