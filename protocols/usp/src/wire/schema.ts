import { Reader } from './reader.ts'
import { Writer } from './writer.ts'

interface Scalars {
  readonly string: string
  readonly bytes: Uint8Array
  readonly bool: boolean
  readonly uint64: bigint
  readonly fixed32: number
  /** Open, as proto3 has it: a later version of the standard may send others. */
  readonly enum: number
}

/** A field of a message: `V` is what decoding gives, `D` what encoding takes. */
export interface Field<V, D = V> {
  readonly number: number
  readonly kind: keyof Scalars | 'message' | 'map'
  readonly many: boolean
  readonly of?: MessageType<unknown, unknown>
  /** Types only. */
  readonly value?: V
  readonly draft?: D
}

type AnyField = Field<unknown, unknown>
type ValueOf<F> = F extends Field<infer V, infer _D> ? V : never
type DraftOf<F> = F extends Field<infer _V, infer D> ? D : never

/** A `oneof`. */
export interface Choice<F> {
  readonly choice: F
}
type Cases<F> = { [K in keyof F]: { readonly case: K; readonly value: NonNullable<ValueOf<F[K]>> } }[keyof F]
type CaseDrafts<F> = { [K in keyof F]: { readonly case: K; readonly value: NonNullable<DraftOf<F[K]>> } }[keyof F]

type Shape = Readonly<Record<string, AnyField | Choice<Readonly<Record<string, AnyField>>>>>
type Values<S> = { readonly [K in keyof S]: S[K] extends Choice<infer F> ? Cases<F> | undefined : ValueOf<S[K]> }
type Drafts<S> = {
  readonly [K in keyof S]?: (S[K] extends Choice<infer F> ? CaseDrafts<F> : DraftOf<S[K]>) | undefined
}

export const one = <K extends keyof Scalars>(number: number, kind: K): Field<Scalars[K]> => ({
  number,
  kind,
  many: false,
})
export const many = <K extends 'string' | 'bytes'>(number: number, kind: K): Field<readonly Scalars[K][]> => ({
  number,
  kind,
  many: true,
})
export const sub = <V, D>(number: number, of: MessageType<V, D>): Field<V | undefined, D | undefined> => ({
  number,
  kind: 'message',
  many: false,
  of: of as MessageType<unknown, unknown>,
})
export const subs = <V, D>(number: number, of: MessageType<V, D>): Field<readonly V[], readonly D[]> => ({
  number,
  kind: 'message',
  many: true,
  of: of as MessageType<unknown, unknown>,
})
/** `map<string, string>` */
export const texts = (number: number): Field<ReadonlyMap<string, string>> => ({ number, kind: 'map', many: true })
export const choice = <F extends Readonly<Record<string, AnyField>>>(fields: F): Choice<F> => ({ choice: fields })

export type Decoded<M> = M extends MessageType<infer V, infer _D> ? V : never
export type Encodable<M> = M extends MessageType<infer _V, infer D> ? D : never

/** A message of a schema, by its fields’ numbers. */
export function message<S extends Shape>(name: string, shape: S): MessageType<Values<S>, Drafts<S>> {
  return new MessageType(name, shape)
}

/** Where a decoded value goes: a property, or a case of a choice. */
interface Placed extends AnyField {
  readonly property: string
  readonly case: string | null
  readonly tag: number
}

type Properties = Record<string, unknown>

const wireTypes = { string: 2, bytes: 2, message: 2, map: 2, bool: 0, uint64: 0, enum: 0, fixed32: 5 } as const
const noBytes = new Uint8Array(0)

/** Nothing is written while something else is: one is enough for all. */
const shared = new Writer()

/** Decodes and encodes one kind of message. */
export class MessageType<V, D> {
  readonly name: string
  readonly #byNumber: (Placed | undefined)[] = []
  readonly #inOrder: readonly Placed[]
  readonly #properties: readonly string[]
  /** What a field that is absent is; null = a list or map of its own for each. */
  readonly #defaults: readonly unknown[]

  constructor(name: string, shape: Shape) {
    this.name = name
    this.#inOrder = Object.entries(shape).flatMap(([property, given]) => placed(property, given))
    for (const field of this.#inOrder) this.#byNumber[field.number] = field
    this.#properties = Object.keys(shape)
    this.#defaults = Object.values(shape).map((given) => ('choice' in given ? undefined : absent(given)))
  }

  /** @throws UspError 7100 with the place where the bytes stop being such a message */
  decode(bytes: Uint8Array): V {
    return this.read(new Reader(bytes), bytes.length)
  }

  encode(draft: D): Uint8Array {
    shared.start()
    this.write(shared, draft)
    return shared.finish()
  }

  read(reader: Reader, end: number): V {
    const into = this.#empty()
    while (reader.at < end) {
      const at = reader.at
      const tag = reader.uint32(end)
      if (tag < 8) reader.fail('field number 0', at)
      const field = this.#byNumber[tag >>> 3]
      if (field === undefined || field.tag !== tag) reader.skip(tag & 7, end)
      else this.#take(reader, end, field, into, at)
    }
    return into as V
  }

  write(writer: Writer, draft: D): void {
    for (const field of this.#inOrder) {
      const given = (draft as Properties)[field.property]
      if (given === undefined) continue
      if (field.case === null) put(writer, field, given)
      else if ((given as { case: string }).case === field.case) {
        // Of a oneof also a default is written: it says which case it is.
        writer.uint32(field.tag)
        putOne(writer, field, (given as { value: unknown }).value)
      }
    }
  }

  #take(reader: Reader, end: number, field: Placed, into: Properties, at: number): void {
    reader.keep()
    const { property } = field
    if (field.kind === 'map') return takeEntry(reader, reader.length(end), into[property] as Map<string, string>)
    const value = takeOne(reader, end, field)
    if (field.many) (into[property] as unknown[]).push(value)
    else if (field.case === null && field.kind !== 'message') into[property] = value
    else {
      // Protocol buffers would merge them; no endpoint has a reason to send two, and the standard wants exactly one (R-MSG.6).
      if (into[property] !== undefined) reader.fail(`a second ${property} of ${this.name}`, at, 'R-MSG.6')
      into[property] = field.case === null ? value : { case: field.case, value }
    }
  }

  #empty(): Properties {
    const into: Properties = {}
    for (let index = 0; index < this.#properties.length; index++) {
      const value = this.#defaults[index]
      into[this.#properties[index]!] = value === list ? [] : value === map ? new Map() : value
    }
    return into
  }
}

const list = Symbol('list')
const map = Symbol('map')

function absent(field: AnyField): unknown {
  if (field.many) return field.kind === 'map' ? map : list
  switch (field.kind) {
    case 'string':
      return ''
    case 'bytes':
      return noBytes
    case 'bool':
      return false
    case 'uint64':
      return 0n
    case 'fixed32':
    case 'enum':
      return 0
    default:
      return undefined
  }
}

function placed(property: string, given: Shape[string]): Placed[] {
  if (!('choice' in given)) return [place(property, null, given)]
  return Object.entries(given.choice).map(([name, field]) => place(property, name, field))
}

function place(property: string, name: string | null, field: AnyField): Placed {
  return { ...field, property, case: name, tag: (field.number << 3) | wireTypes[field.kind] }
}

function takeOne(reader: Reader, end: number, field: Placed): unknown {
  switch (field.kind) {
    case 'string':
      return reader.text(end)
    case 'bytes':
      return reader.raw(end)
    case 'bool':
      return reader.uint64(end) !== 0n
    case 'uint64':
      return reader.uint64(end)
    case 'fixed32':
      return reader.fixed32(end)
    case 'enum':
      return reader.uint32(end) | 0
    default:
      return field.of!.read(reader, reader.length(end))
  }
}

/** One entry of a map: key 1, value 2; the last one of a key counts. */
function takeEntry(reader: Reader, end: number, into: Map<string, string>): void {
  let key = ''
  let value = ''
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === 10) key = reader.text(end)
    else if (tag === 18) value = reader.text(end)
    else reader.skip(tag & 7, end)
  }
  into.set(key, value)
}

function put(writer: Writer, field: Placed, value: unknown): void {
  if (field.kind === 'map') return putEntries(writer, field, value as ReadonlyMap<string, string>)
  if (field.many) {
    for (const each of value as readonly unknown[]) {
      writer.uint32(field.tag)
      putOne(writer, field, each)
    }
  } else if (value !== '' && value !== 0 && value !== false && value !== 0n && (value as Uint8Array).length !== 0) {
    writer.uint32(field.tag)
    putOne(writer, field, value)
  }
}

function putOne(writer: Writer, field: Placed, value: unknown): void {
  switch (field.kind) {
    case 'string':
      return writer.text(value as string)
    case 'bytes':
      return writer.raw(value as Uint8Array)
    case 'bool':
      return writer.uint32(value === true ? 1 : 0)
    case 'uint64':
      return writer.uint64(value as bigint)
    case 'fixed32':
      return writer.fixed32(value as number)
    case 'enum':
      return writer.uint32(value as number)
    default: {
      const mark = writer.begin()
      field.of!.write(writer, value)
      return writer.end(mark)
    }
  }
}

function putEntries(writer: Writer, field: Placed, entries: ReadonlyMap<string, string>): void {
  for (const [key, value] of entries) {
    writer.uint32(field.tag)
    const mark = writer.begin()
    writer.uint32(10)
    writer.text(key)
    writer.uint32(18)
    writer.text(value)
    writer.end(mark)
  }
}
