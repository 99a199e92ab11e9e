import { ByteWriter } from './byte-writer.ts'
import type { Cbor } from './cbor-read.ts'

const utf8 = new TextEncoder()

/** Writes with the shortest heads and definite lengths (RFC 8949, 4.2.1); numbers with a fraction in 64 bits. */
export function encodeCbor(value: Cbor): Uint8Array {
  const writer = new ByteWriter()
  write(writer, value)
  return writer.taken()
}

function write(writer: ByteWriter, value: Cbor): void {
  if (value === null) writer.byte(0xf6)
  else if (typeof value === 'boolean') writer.byte(value ? 0xf5 : 0xf4)
  else if (typeof value === 'bigint' || Number.isSafeInteger(value)) integer(writer, value as number | bigint)
  else if (typeof value === 'number') float(writer, value)
  else if (typeof value === 'string') {
    const bytes = utf8.encode(value)
    head(writer, 3, bytes.length)
    writer.bytes(bytes)
  } else if (value instanceof Uint8Array) {
    head(writer, 2, value.length)
    writer.bytes(value)
  } else if (Array.isArray(value)) {
    head(writer, 4, value.length)
    for (const each of value) write(writer, each)
  } else {
    head(writer, 5, value.size)
    for (const [key, each] of value) {
      write(writer, key)
      write(writer, each)
    }
  }
}

function integer(writer: ByteWriter, value: number | bigint): void {
  if (value >= 0) head(writer, 0, value)
  else head(writer, 1, typeof value === 'bigint' ? -1n - value : -1 - value)
}

function float(writer: ByteWriter, value: number): void {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  writer.byte(0xfb)
  writer.bytes(new Uint8Array(view.buffer))
}

function head(writer: ByteWriter, major: number, argument: number | bigint): void {
  const type = major << 5
  if (argument < 24) {
    writer.byte(type | Number(argument))
    return
  }
  const power = argument < 0x100 ? 0 : argument < 0x10000 ? 1 : argument < 0x1_0000_0000 ? 2 : 3
  writer.byte(type | (24 + power))
  if (power < 3) writer.uint(Number(argument), 1 << power)
  else {
    const wide = BigInt(argument)
    writer.uint(Number(wide >> 32n), 4)
    writer.uint(Number(wide & 0xffff_ffffn), 4)
  }
}
