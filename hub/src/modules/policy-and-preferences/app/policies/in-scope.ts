import type { JsonObject } from '@sutler/expressions'
import type { Tx } from '../../../../platform/database.ts'
import type { PoliciesDependencies } from './dependencies.ts'
import type { Candidate } from './record-firings.ts'

/**
 * Those candidates whose policy is in force for what they are about. A policy of a group is for its devices; what is about a
 * household and no device of it belongs to the group when one of the household's devices does.
 */
export async function inScope(
  deps: Pick<PoliciesDependencies, 'entities'>,
  tx: Tx,
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const limited = candidates.filter(({ policy }) => policy.group !== null)
  if (limited.length === 0) return candidates
  const out = new Set<Candidate>()
  for (const [group, own] of Map.groupBy(limited, ({ policy }) => policy.group!)) {
    const devices = new Map<Candidate, readonly string[]>()
    for (const each of own) devices.set(each, await devicesOf(deps, tx, each))
    const { tenant } = own[0]!.policy
    const inside = new Set(await deps.entities.selectedAmong(tx, tenant, { group }, [...devices.values()].flat()))
    for (const [each, ids] of devices) if (!ids.some((id) => inside.has(id))) out.add(each)
  }
  return candidates.filter((each) => !out.has(each))
}

async function devicesOf(
  { entities }: Pick<PoliciesDependencies, 'entities'>,
  tx: Tx,
  { variables, household }: Candidate,
): Promise<readonly string[]> {
  const device = variables['device'] as JsonObject | null | undefined
  if (typeof device?.['id'] === 'string') return [device['id']]
  return household === null ? [] : (await entities.devicesOfHousehold(household, tx.sql)).map(({ id }) => id)
}
