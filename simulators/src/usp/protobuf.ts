/** Just enough of protocol buffers for a simulated agent, written apart from the hub's: fields by number, in order. */
export type Value = string | Uint8Array | number | bigint | boolean | Fixed | Fields
/** A fixed32. */
export interface Fixed {
  readonly fixed: number
}
export type Fields = readonly (readonly [number, Value | undefined])[]

export const fixed = (value: number): Fixed => ({ fixed: value })

export function encode(fields: Fields): Buffer {
  return Buffer.concat(fields.flatMap(([number, value]) => (value === undefined ? [] : [field(number, value)])))
}

function field(number: number, value: Value): Buffer {
  if (typeof value === 'object' && 'fixed' in value) {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value.fixed)
    return Buffer.concat([varint(number * 8 + 5), bytes])
  }
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Buffer.concat([varint(number * 8), varint(BigInt(value))])
  const bytes = typeof value === 'string' ? Buffer.from(value) : value instanceof Uint8Array ? value : encode(value)
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
}

function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt(value)
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0))
    rest >>= 7n
  } while (rest > 0n)
  return Buffer.from(bytes)
}

/** A `map<string, string>`, as the entries that it is sent as. */
export function mapEntries(number: number, values: ReadonlyMap<string, string>): Fields {
  return [...values].map(
    ([key, value]) =>
      [
        number,
        [
          [1, key],
          [2, value],
        ] as Fields,
      ] as const,
  )
}

/** A message that came, read as far as it is asked. */
export class Message {
  readonly #fields = new Map<number, (bigint | Buffer)[]>()

  constructor(bytes: Uint8Array) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let at = 0; at < buffer.length;) {
      const [tag, after] = readVarint(buffer, at)
      const type = Number(tag & 7n)
      const [value, next] = type === 0 ? readVarint(buffer, after) : readBytes(buffer, after, type)
      const number = Number(tag >> 3n)
      this.#fields.set(number, [...(this.#fields.get(number) ?? []), value])
      at = next
    }
  }

  has(number: number): boolean {
    return this.#fields.has(number)
  }
  number(number: number): bigint {
    const value = this.#fields.get(number)?.at(-1) ?? 0n
    return typeof value === 'bigint' ? value : BigInt(value.readUInt32LE())
  }
  bytes(number: number): Buffer {
    return (this.#fields.get(number)?.at(-1) as Buffer | undefined) ?? Buffer.alloc(0)
  }
  text(number: number): string {
    return this.bytes(number).toString()
  }
  texts(number: number): string[] {
    return (this.#fields.get(number) ?? []).map(String)
  }
  sub(number: number): Message {
    return new Message(this.bytes(number))
  }
  subs(number: number): Message[] {
    return (this.#fields.get(number) ?? []).map((each) => new Message(each as Buffer))
  }
  map(number: number): Map<string, string> {
    return new Map(this.subs(number).map((entry) => [entry.text(1), entry.text(2)]))
  }
  /** The numbers of the fields that are there. */
  numbers(): number[] {
    return [...this.#fields.keys()]
  }
}

function readVarint(bytes: Buffer, from: number): [bigint, number] {
  let value = 0n
  let at = from
  for (let shift = 0n; ; shift += 7n) {
    const byte = bytes[at++]
    if (byte === undefined) throw new Error('the bytes end inside a number')
    value |= BigInt(byte & 127) << shift
    if (byte < 128) return [value, at]
  }
}

function readBytes(bytes: Buffer, from: number, type: number): [Buffer, number] {
  if (type === 5) return [bytes.subarray(from, from + 4), from + 4]
  if (type === 1) return [bytes.subarray(from, from + 8), from + 8]
  const [length, at] = readVarint(bytes, from)
  return [bytes.subarray(at, at + Number(length)), at + Number(length)]
}
