import type { WallTime } from '../../../../platform/clock.ts'
import type { DeviceOperation, OperationPreview } from './operation.ts'
import { allowance } from './pace.ts'

type Start = Pick<DeviceOperation, 'id' | 'planned' | 'perMinute' | 'decision'> & { readonly now: WallTime }

const untouched = { why: '', done: 0, skipped: 0, failed: 0, cursor: '', tries: 0, endedAt: null }

/** An operation as it begins, at once. */
export function begun(preview: OperationPreview, { now, ...start }: Start): DeviceOperation {
  const { tenant, selection, operation, principal } = preview
  const times = { nextAt: now, createdAt: now, updatedAt: now, until: now + allowance(start.planned, start.perMinute) }
  return { ...untouched, ...start, ...times, tenant, selection, operation, startedBy: principal, state: 'running' }
}
