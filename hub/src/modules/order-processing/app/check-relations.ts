import { CallerError } from '../../../platform/errors.ts'
import { relationFindings, type RelatedVersion } from '../../service-definitions/index.ts'
import { relationBroken } from '../errors.ts'
import type { OrderDependencies } from './dependencies.ts'
import type { PreparedItem } from './prepare-order.ts'
import type { Subscription } from './storage.ts'

/**
 * Looks at the household as it would be after the order: every `requires` must be met and no `conflicts` may be.
 * @throws CallerError `relation-broken` naming each relation
 */
export async function checkRelations(
  deps: Pick<OrderDependencies, 'definitions'>,
  tenant: string,
  living: ReadonlyMap<string, Subscription>,
  prepared: readonly PreparedItem[],
): Promise<void> {
  const ordered = new Set(prepared.map(({ request }) => request.service))
  const after: RelatedVersion[] = prepared.flatMap(({ version }) => (version === null ? [] : [version]))
  for (const subscription of living.values()) {
    if (ordered.has(subscription.service)) continue
    const version = await deps.definitions.version(tenant, subscription.service, subscription.version)
    if (version !== null) after.push(version)
  }
  const findings = relationFindings(after)
  if (findings.length > 0)
    throw new CallerError(relationBroken, findings.map((finding) => finding.detail).join('; '), {
      places: findings.map(({ service, detail }) => {
        const index = prepared.findIndex(({ request }) => request.service === service)
        return { pointer: index < 0 ? '/items' : `/items/${index}/service`, detail }
      }),
    })
}
