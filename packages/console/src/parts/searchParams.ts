/** What the address of a page may say beside its path; what cannot be understood is as if it were not there, so that an old link opens. */

type Reader<T extends string> = (value: unknown) => T | undefined
type Read<Readers> = { readonly [Name in keyof Readers]?: Readers[Name] extends Reader<infer T> ? T : never }

/** For a route's `validateSearch`. The routes of all pages are loaded with the shell: so little needs no library. */
export function searchParams<const Readers extends Readonly<Record<string, Reader<string>>>>(
  readers: Readers,
): (search: Readonly<Record<string, unknown>>) => Read<Readers> {
  return (search) =>
    Object.fromEntries(
      Object.entries(readers)
        .map(([name, read]) => [name, read(search[name])])
        .filter(([, value]) => value !== undefined),
    ) as Read<Readers>
}

/** Up to 4,096 characters. The router reads `123` as a number: here all is text. */
export const text: Reader<string> = (value) => {
  const read = typeof value === 'string' ? value : typeof value === 'object' ? '' : String(value ?? '')
  return read !== '' && read.length <= 4096 ? read : undefined
}

/** One of these. */
export function choice<const T extends readonly string[]>(values: T): Reader<T[number]> {
  return (value) => values.find((each) => each === value)
}

/** A list's place: where its page begins, and its order. */
export const listParams = { cursor: text, sort: text }
