/** A reference to an object instance (OMA LwM2M, C: Objlnk). */
export interface ObjectLink {
  readonly object: number
  readonly instance: number
}

/** Whole numbers beyond 2^53 are bigints; times are seconds since the Unix epoch. */
export type Value = string | number | bigint | boolean | Uint8Array | ObjectLink

/** One resource, or one instance of a resource that has several: `/5/0/3`, `/5/0/8/1`. */
export interface Entry {
  readonly path: string
  readonly value: Value
}

/** Data types of resources (OMA LwM2M Core, Appendix C). */
export type ValueType = 'string' | 'integer' | 'float' | 'boolean' | 'opaque' | 'time' | 'objlnk'

/** Type of a resource, where the object's definition is known. TLV and text do not carry it. */
export type TypeOf = (object: number, resource: number) => ValueType | undefined

/** `/5/0/3` → `[5, 0, 3]`; null when it is no path of whole numbers up to 65535, one to four of them (`/` → none). */
export function pathNumbers(path: string): number[] | null {
  if (path === '/') return []
  const numbers: number[] = []
  for (let at = 0; at < path.length;) {
    if (path[at++] !== '/' || numbers.length === 4) return null
    const start = at
    let number = 0
    for (let digit = path.charCodeAt(at) - 48; digit >= 0 && digit <= 9; digit = path.charCodeAt(++at) - 48)
      number = number * 10 + digit
    const leadingZero = path[start] === '0' && at > start + 1
    if (at === start || at > start + 5 || number > 0xffff || leadingZero) return null
    numbers.push(number)
  }
  return numbers.length === 0 ? null : numbers
}

export function isObjectLink(value: unknown): value is ObjectLink {
  return typeof value === 'object' && value !== null && 'object' in value && 'instance' in value
}

/** A bigint that a number can hold exactly becomes one. */
export function smallest(value: number | bigint): number | bigint {
  if (typeof value === 'number') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
