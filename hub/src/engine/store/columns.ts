/**
 * Many rows as one text per column: `unnest` of such arrays costs the server a third of what reading rows out of JSON does, and
 * the hub half of what a driver's arrays do. Each is one parameter; null stands for NULL.
 */

/** For `${numbers(…)}::text::bigint[]`. */
export function numbers(values: Iterable<number | null>): string {
  return `{${Array.from(values, (value) => value ?? 'NULL').join(',')}}`
}

/** For `${flags(…)}::text::boolean[]`. */
export function flags(values: Iterable<boolean>): string {
  return `{${Array.from(values, (value) => (value ? 't' : 'f')).join(',')}}`
}

/** For `${texts(…)}::text::text[]`, in the form of an array's literal (PostgreSQL documentation 8.15.2). */
export function texts(values: Iterable<string | null>): string {
  return `{${Array.from(values, quoted).join(',')}}`
}

function quoted(text: string | null): string {
  if (text === null) return 'NULL'
  return /[\\"]/.test(text) ? `"${text.replaceAll(/[\\"]/g, '\\$&')}"` : `"${text}"`
}

/** For `string_to_array(${documents(…)}, e'\n', '')`, cast to json each: there is no line's end within compact JSON. */
export function documents(values: Iterable<unknown>): string {
  return Array.from(values, (value) => (value === null ? '' : JSON.stringify(value))).join('\n')
}
