import type { TmfObject } from './fields.ts'

/** What a listener wants to hear of, read from its `query` (TMF630, 5.2): `eventType=A,B&serviceOrder.state=failed&fields=eventType,event.serviceOrder.id`. */
export interface ListenerQuery {
  /** Any of these; null = every type. */
  readonly types: readonly string[] | null
  /** Attributes of the notification or of the resource in it, and the values any of which it must have. */
  readonly values: readonly { readonly path: readonly string[]; readonly any: readonly string[] }[]
  /** What of the resource is told; undefined = all. */
  readonly fields: string | undefined
}

const conditionsAtMost = 10
const pathPattern = /^@?[A-Za-z]+(\.@?[A-Za-z]+){0,5}$/

/** @returns what is wrong, in words, where it cannot be read */
export function parseListenerQuery(text: string, types: readonly string[]): ListenerQuery | { readonly wrong: string } {
  let wanted: string[] | null = null
  let fields: string | undefined
  const values: { path: string[]; any: string[] }[] = []
  for (const [name, value] of new URLSearchParams(text.replace(/^\?/, ''))) {
    const any = value.split(',').map((each) => each.trim())
    if (name === 'eventType') {
      const unknown = any.find((each) => !types.includes(each))
      if (unknown !== undefined) return { wrong: `“${unknown.slice(0, 64)}” is none of ${types.join(', ')}` }
      wanted = [...(wanted ?? []), ...any]
    } else if (name === 'fields') fields = value
    else if (pathPattern.test(name)) values.push({ path: name.split('.'), any })
    else return { wrong: `“${name.slice(0, 64)}” is no path of attributes` }
  }
  if (values.length > conditionsAtMost) return { wrong: `it has more than ${conditionsAtMost} conditions` }
  return { types: wanted, values, fields }
}

/** Whether a notification is wanted. A path begins at the notification, or at its `event`. */
export function isWanted(notification: TmfObject, query: ListenerQuery): boolean {
  if (query.types !== null && !query.types.includes(String(notification['eventType']))) return false
  return query.values.every(({ path, any }) => {
    const found = [...valuesAt(notification, path), ...valuesAt(notification['event'], path)]
    return found.some((value) => any.includes(String(value)))
  })
}

/** All that is at the path; in lists, at each of their entries. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path))
  const [first, ...rest] = path
  if (first === undefined) return typeof value === 'object' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return valuesAt((value as TmfObject)[first], rest)
}
