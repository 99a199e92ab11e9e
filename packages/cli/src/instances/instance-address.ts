import { InvalidArgumentError } from 'commander'

/** One instance, as the API's paths name it. */
export interface InstanceAddress {
  readonly model: string
  readonly id: string
}

/** A model by name, and by version (`1.0.0`, or a range: `1`, `1.2`) where one is given. */
export interface ModelAddress {
  readonly model: string
  readonly version?: string
}

/**
 * Reads `<model>/<id>` as people write it, the id as it is; or an instance's URL, `model:<name>@<version>/<id>`, as history
 * and API show it.
 * @throws InvalidArgumentError for the command's usage
 */
export function instanceAddress(text: string): InstanceAddress {
  const named = addressOfUrl(text)
  if (named !== null) return named
  const slash = text.indexOf('/')
  if (slash > 0 && slash < text.length - 1) return { model: text.slice(0, slash), id: text.slice(slash + 1) }
  throw new InvalidArgumentError('must be like delivery/o7-stb1, or an instance’s URL.')
}

/** The instance that a URL names; null when the text is none. */
export function addressOfUrl(url: string): InstanceAddress | null {
  const match = urlShape.exec(url)
  return match === null ? null : { model: match[1]!, id: decoded(match[2]!) }
}

/** As the engine writes it: `model:<name>@<version>/<id>?<arguments>`. */
const urlShape = /^model:([A-Za-z][A-Za-z0-9_-]*)(?:@[0-9A-Za-z.+-]+)?\/([^/?#]+)(?:\?[^#]*)?$/

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    throw new InvalidArgumentError('holds a % that stands for no character.')
  }
}

/** Reads `<model>` or `<model>@<version>`. @throws InvalidArgumentError for the command's usage */
export function modelAddress(text: string): ModelAddress {
  const [model, version, ...more] = text.split('@')
  if (model === undefined || model === '' || version === '' || more.length > 0 || text.includes('/'))
    throw new InvalidArgumentError('must be like delivery or delivery@1.0.0.')
  return version === undefined ? { model } : { model, version }
}
