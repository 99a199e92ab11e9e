import { Lwm2mWireError } from '../errors.ts'
import { limits } from '../limits.ts'
import { isObjectLink, pathNumbers } from './values.ts'
import type { Entry, ObjectLink, Value } from './values.ts'

/** One SenML record with the fields that LwM2M uses (RFC 8428, 4; OMA LwM2M Core 1.2, 7.4.4). */
export interface SenmlRecord {
  readonly baseName?: string | undefined
  readonly name?: string | undefined
  readonly number?: number | bigint | undefined
  readonly text?: string | undefined
  readonly boolean?: boolean | undefined
  readonly bytes?: Uint8Array | undefined
  /** `object:instance` */
  readonly link?: string | undefined
}

const clause = 'RFC 8428, 4'

/** Resolves base names (RFC 8428, 4.6). A record that carries no value names something that was asked for and is left out. */
export function entriesOfRecords(records: readonly SenmlRecord[]): Entry[] {
  const entries: Entry[] = []
  let base = ''
  for (const [index, record] of records.entries()) {
    if (record.baseName !== undefined) base = record.baseName
    const value = valueOf(record, index)
    if (value !== undefined) entries.push({ path: fullPath(base, record.name ?? '', index), value })
  }
  return entries
}

function valueOf({ number, text, boolean, bytes, link }: SenmlRecord, index: number): Value | undefined {
  if (link !== undefined) return linkOf(link, index)
  const given = Number(number !== undefined) + Number(text !== undefined)
  if (given + Number(boolean !== undefined) + Number(bytes !== undefined) > 1)
    refuse(index, 'more than one value in one record')
  return number ?? text ?? boolean ?? bytes
}

/** `5:0`; 65535:65535 is the null link. */
export function linkOf(text: string, index: number): ObjectLink {
  const match = /^(\d{1,5}):(\d{1,5})$/.exec(text)
  if (!match) return refuse(index, `${JSON.stringify(text.slice(0, 20))} is no object link`)
  const [object, instance] = [Number(match[1]), Number(match[2])]
  if (object > 0xffff || instance > 0xffff) refuse(index, 'an object link beyond 65535')
  return { object, instance }
}

/** @returns the normal form of base and name together. Throws when that is no path to a resource. */
export function fullPath(base: string, name: string, index: number): string {
  const path = base + name
  const numbers = pathNumbers(path)
  if (!numbers || numbers.length < 3) refuse(index, `${JSON.stringify(path.slice(0, 40))} names no resource`)
  return path
}

function refuse(index: number, detail: string): never {
  throw new Lwm2mWireError('malformed', clause, index, `record ${index}: ${detail}`)
}

/** One record per entry, the part that all paths share as base name in the first. */
export function recordsOfEntries(entries: readonly Entry[], base: string): SenmlRecord[] {
  const prefix = entries.every(({ path }) => path.startsWith(`${base}/`)) ? `${base}/` : base
  return entries.map(({ path, value }, index) => ({
    ...(index === 0 && { baseName: prefix }),
    ...(path !== prefix && { name: path.slice(prefix.length) }),
    ...fieldOf(value),
  }))
}

function fieldOf(value: Value): SenmlRecord {
  if (typeof value === 'string') return { text: value }
  if (typeof value === 'boolean') return { boolean: value }
  if (value instanceof Uint8Array) return { bytes: value }
  if (isObjectLink(value)) return { link: `${value.object}:${value.instance}` }
  return { number: value }
}

/** Bounds a payload before its records are read. */
export function boundRecords(count: number): void {
  if (count > limits.values) throw new Lwm2mWireError('too-large', clause, 0, `${count} records`)
}
