/** A resource, or a part of one. */
export type TmfObject = Readonly<Record<string, unknown>>

/** What an answer has whatever `fields` says (TMF630, 4.2): without them nobody could go on. */
const always = ['id', 'href', '@type']

/**
 * A resource with only the fields that were asked for: `state`, or one level deeper `serviceOrderItem.state`. `none` leaves what identifies it.
 * Names that it does not have are passed over, as TMF630 wants.
 */
export function selectFields(resource: TmfObject, fields: string | undefined): TmfObject {
  if (fields === undefined || fields === '') return resource
  const wanted = new Map<string, string[] | null>(always.map((name) => [name, null]))
  for (const field of fields.split(',')) {
    const [name = '', inner] = field.trim().split('.')
    const before = wanted.get(name)
    if (inner === undefined || before === null) wanted.set(name, null)
    else wanted.set(name, [...(before ?? []), inner])
  }
  return Object.fromEntries(
    Object.entries(resource).flatMap(([name, value]) => {
      const inner = wanted.get(name)
      if (inner === undefined) return []
      return [[name, inner === null ? value : partsOf(value, [...always, ...inner])]]
    }),
  )
}

function partsOf(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => partsOf(each, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)))
}

/** Without the fields that have nothing in them: TM Forum's resources leave those out. */
export function compact<T extends TmfObject>(resource: T): TmfObject {
  return Object.fromEntries(
    Object.entries(resource).filter(
      ([, value]) =>
        value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
}
