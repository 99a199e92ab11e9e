import type { z } from 'zod'
import type { LogRow, OutputRow } from '../app/storage.ts'
import type { deviceLogSchema, outputSchema } from '../contract.ts'

export function outputView(row: OutputRow): z.infer<typeof outputSchema> {
  return {
    id: row.id,
    device: row.device,
    kind: row.output.kind,
    delivery: 'delivery' in row.output ? row.output.delivery : null,
    queuedAt: row.queuedAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    doneAt: row.doneAt?.toISOString() ?? null,
    result: row.result,
  }
}

export function logView({ receivedAt, ...log }: LogRow): z.infer<typeof deviceLogSchema> {
  return { ...log, receivedAt: receivedAt.toISOString() }
}
