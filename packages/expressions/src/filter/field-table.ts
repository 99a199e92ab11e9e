import type { Field, FilterSchema } from './fields.ts'

/** One line of the table of what filters can read. */
export interface FieldLine {
  readonly name: string
  readonly kind: string
  readonly about: string
  /** All that it can be; absent = anything of its kind. */
  readonly values?: readonly string[]
}

const kinds: Readonly<Record<Field['kind'], string>> = {
  text: 'text',
  number: 'number',
  bool: 'bool',
  time: 'time, as text: `timestamp(…)`',
  texts: 'list of texts',
  map: 'texts by name',
  records: 'list',
  record: '',
}

/** All that filters over this schema can read, for documentation. */
export function fieldTable(schema: FilterSchema): FieldLine[] {
  return Object.entries(schema).flatMap(([name, field]) => lines(name, field))
}

function lines(name: string, field: Field): FieldLine[] {
  if (field.kind === 'record') {
    const inner = Object.entries(field.members).flatMap(([member, each]) => lines(`${name}.${member}`, each))
    return field.present === undefined ? inner : [{ name, kind: 'may be `null`', about: field.about }, ...inner]
  }
  const nullable = field.kind === 'time' && field.nullable === true ? ', may be `null`' : ''
  const members =
    field.kind === 'records'
      ? Object.entries(field.members).map(([member, each]) => ({
          name: `${name}[].${member}`,
          kind: each.kind,
          about: each.about,
        }))
      : []
  const values = field.kind === 'text' && field.values !== undefined ? { values: field.values } : {}
  return [{ name, kind: kinds[field.kind] + nullable, about: field.about, ...values }, ...members]
}
