import type { Decision } from '../../../../platform/access.ts'
import type { Device } from '../../../entity-management/index.ts'
import type { DevicePreferencesChange } from '../../contract.ts'
import { sameJson } from '../../domain/preferences/same-json.ts'
import type { PolicyDependencies } from '../dependencies.ts'
import { readDocument } from './read-document.ts'
import { setPreferences } from './set-preferences.ts'

/**
 * Changes some matters in a device's own document and leaves the others. What says already what it should is left alone.
 * @throws as `setPreferences`: `changed-meanwhile` when somebody else changes it at this moment
 */
export async function changeDevicePreferences(
  deps: PolicyDependencies,
  { id, tenant, household }: Pick<Device, 'id' | 'tenant' | 'household'>,
  { set, unset }: DevicePreferencesChange,
  decision: Decision,
): Promise<void> {
  const subject = { kind: 'device' as const, id }
  const [stored] = await deps.entities.preferences([subject])
  const before = readDocument(stored?.document ?? {})
  const after = Object.fromEntries(
    Object.entries({ ...before, ...set }).filter(([matter]) => !unset.some((each) => each === matter)),
  )
  if (sameJson(before, after)) return
  await setPreferences(deps, subject, { tenant, household }, after, stored?.version ?? 0, decision)
}
