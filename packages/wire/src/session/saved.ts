import { decodeCbor } from '../codec/cbor-decode.ts'
import { encodeCbor } from '../codec/cbor-encode.ts'
import { anyText, count, identifier, list, oneOf, record } from '../codec/fields.ts'
import { WireError } from '../errors.ts'
import { limits } from '../limits.ts'
import { durableTypes } from './outbox.ts'
import { createDeviceSession } from './state.ts'
import type { CborBounds } from '../codec/cbor-decode.ts'
import type { FieldReader } from '../codec/fields.ts'
import type { DeviceSession, Intention, UpBody } from './state.ts'

interface SavedEntry {
  readonly id: string
  readonly t: UpBody['t']
  readonly delivery: string
  readonly bytes: Uint8Array
}

interface Saved {
  readonly format: number
  readonly outbox: readonly SavedEntry[]
  readonly taken: readonly string[]
  readonly intentions: readonly (Intention & { readonly service: string })[]
  readonly tombstones: readonly string[]
}

const format = 1

// Outcomes in hand may go beyond the outbox's bound, at most by what was taken in before it was reached.
const bounds: CborBounds = {
  bytes: 16 * limits.outboxBytes,
  depth: limits.depth,
  items: limits.items,
  values: 16 * limits.values,
  textBytes: limits.textBytes,
}

const byteString: FieldReader<Uint8Array> = (value) => {
  if (!(value instanceof Uint8Array)) throw new WireError('bad-field', '', 'expected bytes')
  return value.slice()
}

const saved = record<Saved>({
  format: count(),
  outbox: list(
    record<SavedEntry>({ id: identifier, t: oneOf([...durableTypes]), delivery: anyText, bytes: byteString }),
    0,
    limits.items,
  ),
  taken: list(identifier, 0, limits.rememberedIds),
  intentions: list(
    record<Saved['intentions'][number]>({ service: anyText, epoch: count(), delivery: anyText }),
    0,
    limits.rememberedServices,
  ),
  tombstones: list(identifier, 0, limits.tombstones),
})

/** What must outlive a restart, as bytes: unacknowledged durable messages, intentions, tombstones, ids taken. */
export function saveDeviceSession(session: DeviceSession): Uint8Array {
  const outbox = session.outbox
    .filter((entry) => durableTypes.has(entry.t))
    .map(({ id, t, delivery, bytes }) => ({ id, t, delivery, bytes }))
  const intentions = [...session.intentions].map(([service, intention]) => ({ service, ...intention }))
  const content: Saved = { format, outbox, taken: session.taken, intentions, tombstones: session.tombstones }
  return encodeCbor(content, bounds)
}

/**
 * The session that was saved, for a new start of the agent.
 * @param boot as for `createDeviceSession`: another than any before
 * Throws WireError when the bytes are not what `saveDeviceSession` gave.
 */
export function restoreDeviceSession(bytes: Uint8Array, boot: string): DeviceSession {
  const content = saved(decodeCbor(bytes, bounds))
  if (content.format !== format) throw new WireError('bad-field', 'format', `expected ${format}`)
  const session = createDeviceSession(boot)
  for (const entry of content.outbox) {
    session.outbox.push({ ...entry, sentAt: null })
    session.outboxBytes += entry.bytes.length
  }
  session.taken.push(...content.taken)
  session.tombstones.push(...content.tombstones)
  for (const { service, epoch, delivery } of content.intentions) session.intentions.set(service, { epoch, delivery })
  return session
}
