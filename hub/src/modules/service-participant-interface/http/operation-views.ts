import type { z } from 'zod'
import type { LookedAt } from '../app/operations/preview.ts'
import type { operationView, previewAnswer } from '../contract-operations.ts'
import type { DeviceOperation, OperationPreview } from '../domain/operations/operation.ts'

const iso = (at: number): string => new Date(at).toISOString()

export function previewOut(preview: OperationPreview & LookedAt): z.infer<typeof previewAnswer> {
  const { id, expiresAt, operation, selection, counted, lookedAt, complete, first, refusals } = preview
  return {
    token: id,
    expiresAt: iso(expiresAt),
    operation,
    selection,
    devices: counted,
    lookedAt,
    complete,
    first: first.map(({ device, refusal }) => ({
      id: device.id,
      household: device.household,
      class: device.class,
      name: device.name,
      would: refusal === null,
      why: refusal?.detail ?? '',
    })),
    refusals: refusals.map((each) => ({ ...each, first: [...each.first] })),
  }
}

export function operationOut(operation: DeviceOperation): z.infer<typeof operationView> {
  const { tenant: _t, decision: _d, cursor: _c, tries: _r, nextAt: _n, ...shown } = operation
  const { until, createdAt, updatedAt, endedAt } = operation
  return {
    ...shown,
    until: iso(until),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
    endedAt: endedAt === null ? null : iso(endedAt),
  }
}
