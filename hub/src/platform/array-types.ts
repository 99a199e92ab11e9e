import type postgres from 'postgres'

/**
 * PostgreSQL's own array types: element's object id → array's. They are fixed (pg_type.dat). postgres.js would ask the
 * server for them on each new connection, and nobody catches that query's error: a server that goes away just then would
 * end the hub.
 */
const arrayOf: Readonly<Record<number, number>> = {
  16: 1000, // bool
  17: 1001, // bytea
  20: 1016, // int8
  21: 1005, // int2
  23: 1007, // int4
  25: 1009, // text
  26: 1028, // oid
  114: 199, // json
  700: 1021, // float4
  701: 1022, // float8
  1043: 1015, // varchar
  1082: 1182, // date
  1114: 1115, // timestamp
  1184: 1185, // timestamptz
  1700: 1231, // numeric
  2950: 2951, // uuid
  3802: 3807, // jsonb
}

type Parse = (text: string) => unknown
type Serialise = (value: unknown) => unknown

interface Options {
  readonly parsers: Record<number, Parse>
  readonly serializers: Record<number, Serialise>
  readonly shared: { readonly typeArrayMap: Record<number, number> }
}

/** Lets `sql` read and write arrays of PostgreSQL's own types. Elements may be null. */
export function addArrayTypes(sql: postgres.Sql): void {
  const { parsers, serializers, shared } = sql.options as unknown as Options
  for (const [element, array] of Object.entries(arrayOf).map(([key, value]) => [Number(key), value] as const)) {
    const parse = parsers[element]
    const serialise = serializers[element]
    shared.typeArrayMap[element] = array
    parsers[array] = (text) => parseArray(text, parse)
    serializers[array] = (value) => (Array.isArray(value) ? serialiseArray(value, serialise) : value)
  }
}

/** Array literal, PostgreSQL documentation 8.15.6: `{1,NULL,"a \"b\""}`; nested ones become nested lists. */
export function parseArray(text: string, parse: Parse = (element) => element): unknown[] {
  const stack: unknown[][] = [[]]
  const token = /\{|\}|,|"((?:[^"\\]|\\.)*)"|[^{},"]+/gsy
  // Bounds of the dimensions may come first: [1:2]={1,2}
  token.lastIndex = Math.max(0, text.indexOf('{'))
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [whole, quoted] = match
    if (whole === '{') stack.push([])
    else if (whole === '}') {
      const closed = stack.pop()!
      stack.at(-1)!.push(closed)
    } else if (quoted !== undefined) stack.at(-1)!.push(parse(quoted.replaceAll(/\\(.)/gs, '$1')))
    else if (whole !== ',') stack.at(-1)!.push(whole === 'NULL' ? null : parse(whole))
  }
  return stack[0]![0] as unknown[]
}

function serialiseArray(values: readonly unknown[], serialise: Serialise = String): string {
  const elements = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    if (Array.isArray(value)) return serialiseArray(value, serialise)
    return `"${String(serialise(value)).replaceAll(/[\\"]/g, '\\$&')}"`
  })
  return `{${elements.join(',')}}`
}
