import type { Instance, Json, JsonObject } from './types.ts'

/** `model:<name>[@<version>]/<id>[?<argument>=<JSON value>&…]`, taken apart. */
export interface InstanceUrl {
  readonly model: string
  /** As written: `1`, `1.2.0`; null = none given. */
  readonly version: string | null
  readonly id: string
  readonly args: JsonObject
}

/** Percent-encoded for a path or a query; half a surrogate pair, which has no encoding, becomes U+FFFD. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

const shape = /^model:([A-Za-z][A-Za-z0-9_-]*)(?:@([0-9A-Za-z.+-]+))?\/([^/?#]+)(?:\?([^#]*))?$/

/** `model:<name>@<version>/<id>`, the id percent-encoded. */
export function instanceUrl(instance: Pick<Instance, 'model' | 'version' | 'id'>): string {
  return `model:${instance.model}@${instance.version}/${percentEncoded(instance.id)}`
}

/** Reads both forms, with and without arguments in the query; null when the text is no instance URL. */
export function parseUrl(text: string): InstanceUrl | null {
  const match = shape.exec(text)
  if (match === null) return null
  const [, model = '', version, id = '', query] = match
  try {
    return { model, version: version ?? null, id: decodeURIComponent(id), args: parseArguments(query) }
  } catch (error) {
    // Bad percent-encoding (URIError) or an argument that is no JSON (SyntaxError): no instance URL.
    if (error instanceof URIError || error instanceof SyntaxError) return null
    throw error
  }
}

function parseArguments(query: string | undefined): JsonObject {
  if (query === undefined || query === '') return {}
  return Object.fromEntries(
    query.split('&').map((part): [string, Json] => {
      const equals = part.indexOf('=')
      if (equals === -1) throw new SyntaxError(`${part} has no value`)
      return [decodeURIComponent(part.slice(0, equals)), JSON.parse(decodeURIComponent(part.slice(equals + 1))) as Json]
    }),
  )
}

/** The whole form, arguments in the query in the order given. */
export function writeUrl(url: InstanceUrl): string {
  const query = Object.entries(url.args).map(
    ([name, value]) => `${percentEncoded(name)}=${percentEncoded(JSON.stringify(value))}`,
  )
  const version = url.version === null ? '' : `@${url.version}`
  return `model:${url.model}${version}/${percentEncoded(url.id)}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** Whether both designate the same instance: ids are unique per model name, whatever version is written. */
export function sameInstance(left: string, right: string): boolean {
  if (left === right) return true
  const a = parseUrl(left)
  const b = parseUrl(right)
  return a !== null && b !== null && a.model === b.model && a.id === b.id
}
