/** Payloads as the simulated device writes and reads them: TLV, SenML in JSON and CBOR, JSON, text. Encoders of its own. */

export type Value = string | number | boolean | Buffer
/** Resource path → value, for example `/5/0/3` → 0. */
export type Resources = ReadonlyMap<string, Value>

export const formats = {
  text: 0,
  link: 40,
  opaque: 42,
  senmlJson: 110,
  senmlCbor: 112,
  tlv: 11_542,
  json: 11_543,
} as const

export function write(format: number, resources: Resources, base: string): Buffer {
  switch (format) {
    case formats.tlv:
      return tlv(resources, base)
    case formats.senmlJson:
      return Buffer.from(JSON.stringify([...resources].map(([path, value]) => ({ n: path, ...jsonField(value) }))))
    case formats.senmlCbor:
      return cborArray([...resources].map(([path, value]) => cborRecord(path, value)))
    case formats.json:
      return Buffer.from(
        JSON.stringify({ bn: '', e: [...resources].map(([path, value]) => ({ n: path, ...oldField(value) })) }),
      )
    default:
      return text([...resources.values()][0] ?? '')
  }
}

function text(value: Value): Buffer {
  if (Buffer.isBuffer(value)) return value
  return Buffer.from(typeof value === 'boolean' ? String(Number(value)) : String(value))
}

function jsonField(value: Value): object {
  if (typeof value === 'number') return { v: value }
  if (typeof value === 'boolean') return { vb: value }
  return typeof value === 'string' ? { vs: value } : { vd: value.toString('base64url') }
}

function oldField(value: Value): object {
  if (typeof value === 'number') return { v: value }
  if (typeof value === 'boolean') return { bv: value }
  return { sv: typeof value === 'string' ? value : value.toString('base64') }
}

function cborArray(items: readonly Buffer[]): Buffer {
  return Buffer.concat([cborHead(4, items.length), ...items])
}

/** Keys of RFC 8428, table 4: 0 name, 2 number, 3 text, 4 truth, 8 data. */
function cborRecord(path: string, value: Value): Buffer {
  const name = [cborHead(0, 0), cborText(path)]
  return Buffer.concat([cborHead(5, 2), ...name, ...cborField(value)])
}

function cborField(value: Value): Buffer[] {
  if (typeof value === 'string') return [cborHead(0, 3), cborText(value)]
  if (typeof value === 'boolean') return [cborHead(0, 4), Buffer.from([value ? 0xf5 : 0xf4])]
  if (Buffer.isBuffer(value)) return [cborHead(0, 8), cborHead(2, value.length), value]
  if (Number.isInteger(value)) return [cborHead(0, 2), value < 0 ? cborHead(1, -1 - value) : cborHead(0, value)]
  const double = Buffer.alloc(9, 0xfb)
  double.writeDoubleBE(value, 1)
  return [cborHead(0, 2), double]
}

function cborText(value: string): Buffer {
  return Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)])
}

function cborHead(major: number, value: number): Buffer {
  const type = major * 32
  if (value < 24) return Buffer.from([type + value])
  const size = value < 256 ? 1 : value < 65_536 ? 2 : 4
  const head = Buffer.alloc(1 + size, type + 24 + Math.log2(size))
  head.writeUIntBE(value, 1, size)
  return head
}

/** Resources of one instance or several; a resource that has instances is written as one item with them inside. */
function tlv(resources: Resources, base: string): Buffer {
  const numbers = [...resources].map(([path, value]) => ({ at: path.split('/').slice(1).map(Number), value }))
  if (base.split('/').length > 2) return tlvResources(numbers)
  const instances = Map.groupBy(numbers, ({ at }) => at[1]!)
  return Buffer.concat([...instances].map(([instance, inside]) => tlvItem(0, instance, tlvResources(inside))))
}

function tlvResources(numbers: readonly { at: number[]; value: Value }[]): Buffer {
  const grouped = Map.groupBy(numbers, ({ at }) => at[2]!)
  const items = [...grouped].map(([resource, group]) => {
    if (group[0]!.at.length === 3) return tlvItem(3, resource, tlvValue(group[0]!.value))
    return tlvItem(2, resource, Buffer.concat(group.map(({ at, value }) => tlvItem(1, at[3]!, tlvValue(value)))))
  })
  return Buffer.concat(items)
}

function tlvValue(value: Value): Buffer {
  if (typeof value !== 'number')
    return typeof value === 'boolean' ? Buffer.from([Number(value)]) : Buffer.from(value as string)
  if (!Number.isInteger(value)) {
    const double = Buffer.alloc(8)
    double.writeDoubleBE(value)
    return double
  }
  const size =
    value >= -128 && value < 128 ? 1 : value >= -32_768 && value < 32_768 ? 2 : Math.abs(value) < 2 ** 31 ? 4 : 8
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value))
  return bytes.subarray(8 - size)
}

function tlvItem(kind: number, id: number, value: Buffer): Buffer {
  const size = value.length < 8 ? 0 : value.length < 256 ? 1 : value.length < 65_536 ? 2 : 3
  const length = Buffer.alloc(size)
  if (size > 0) length.writeUIntBE(value.length, 0, size)
  const type = (kind << 6) | (id > 255 ? 32 : 0) | (size << 3) | (size === 0 ? value.length : 0)
  return Buffer.concat([Buffer.from([type, ...(id > 255 ? [id >> 8] : []), id & 255]), length, value])
}
