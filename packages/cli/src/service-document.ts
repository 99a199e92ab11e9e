import { brokenAt, placeIn } from './service/json-place.ts'
import { SourceError } from './source-errors.ts'

/** service.json as examples/services/service.schema.json describes it, with its defaults filled in. */
export interface ServiceDocument {
  readonly id: string
  readonly title: string
  readonly version: string
  readonly notes: string
  /** What it is about, and the age from which it is meant to be used; null = as the hub has it. */
  readonly categories: readonly string[] | null
  readonly parental: number | null
  readonly relations: readonly { readonly kind: string; readonly service: string; readonly range: string }[]
  readonly components: readonly SourceComponent[]
}

export interface SourceComponent {
  readonly name: string
  readonly deviceClass: string
  readonly compatibility: string
  readonly restart: string
  /** What it is to the device: files, firmware, unit or configuration. */
  readonly role: string
  /** How a device without our agent names it once it runs it. */
  readonly reports: { readonly name?: string; readonly version?: string } | null
  readonly health: { readonly run: readonly string[]; readonly timeoutSeconds: number } | null
  /** Components of the same version that must be confirmed in the household before this one is delivered. */
  readonly after: readonly string[]
  /** Models of device that it is signed for; null = all. */
  readonly models: readonly string[] | null
  readonly from: readonly SourceMapping[]
}

/** Where files of a component come from, and where in the component they go. */
export interface SourceMapping {
  /** Directory or file: below the source directory or one beside it (`../1.0.0/app`), or below the package. */
  readonly from: string
  /** Path in the component; '' = its top. */
  readonly to: string
  /** npm package whose installed files are meant; null = the service's own. */
  readonly package: string | null
  /** Whether these files take the place of earlier mappings' at the same path. */
  readonly replaces: boolean
}

type Loose = Readonly<Record<string, unknown>>

/**
 * Reads service.json's text: its shape only, the hub judges the rest.
 * @throws SourceError `source-invalid` with the JSON pointer of the first mistake
 */
export function readServiceDocument(file: string, text: string): ServiceDocument {
  const reader = new Reader(file)
  const root = reader.object(reader.parse(text), '', [
    '$schema',
    'id',
    'title',
    'version',
    'notes',
    'categories',
    'parental',
    'relations',
    'components',
  ])
  return {
    id: reader.text(root.id, '/id'),
    title: reader.text(root.title, '/title'),
    version: reader.text(root.version, '/version'),
    notes: reader.text(root.notes ?? '', '/notes'),
    categories: root.categories === undefined ? null : texts(reader, root.categories, '/categories'),
    parental: root.parental === undefined ? null : reader.number(root.parental, '/parental'),
    relations: reader
      .list(root.relations ?? [], '/relations')
      .map((entry, at) => relation(reader, entry, `/relations/${at}`)),
    components: reader
      .list(root.components, '/components')
      .map((entry, at) => component(reader, entry, `/components/${at}`)),
  }
}

function texts(reader: Reader, value: unknown, at: string): readonly string[] {
  return reader.list(value, at).map((entry, index) => reader.text(entry, `${at}/${index}`))
}

function relation(reader: Reader, entry: unknown, at: string): ServiceDocument['relations'][number] {
  const { kind, service, range } = reader.object(entry, at, ['kind', 'service', 'range'])
  return {
    kind: reader.text(kind, `${at}/kind`),
    service: reader.text(service, `${at}/service`),
    range: reader.text(range, `${at}/range`),
  }
}

function component(reader: Reader, entry: unknown, at: string): SourceComponent {
  const keys = [
    'name',
    'deviceClass',
    'compatibility',
    'restart',
    'role',
    'reports',
    'health',
    'after',
    'models',
    'from',
  ]
  const { name, deviceClass, compatibility, restart, role, reports, health, after, models, from } = reader.object(
    entry,
    at,
    keys,
  )
  const mappings = typeof from === 'string' ? [{ from }] : reader.list(from, `${at}/from`)
  return {
    name: reader.text(name, `${at}/name`),
    deviceClass: reader.text(deviceClass, `${at}/deviceClass`),
    compatibility: reader.text(compatibility ?? 'true', `${at}/compatibility`),
    restart: reader.text(restart ?? 'none', `${at}/restart`),
    role: reader.text(role ?? 'files', `${at}/role`),
    reports: reported(reader, reports ?? null, `${at}/reports`),
    health: healthCheck(reader, health ?? null, `${at}/health`),
    after: texts(reader, after ?? [], `${at}/after`),
    models: models === undefined ? null : texts(reader, models, `${at}/models`),
    from: mappings.map((each, index) => mapping(reader, each, `${at}/from/${index}`)),
  }
}

function reported(reader: Reader, entry: unknown, at: string): SourceComponent['reports'] {
  if (entry === null) return null
  const { name, version } = reader.object(entry, at, ['name', 'version'])
  return {
    ...(name !== undefined && { name: reader.text(name, `${at}/name`) }),
    ...(version !== undefined && { version: reader.text(version, `${at}/version`) }),
  }
}

function healthCheck(reader: Reader, entry: unknown, at: string): SourceComponent['health'] {
  if (entry === null) return null
  const { run, timeoutSeconds } = reader.object(entry, at, ['run', 'timeoutSeconds'])
  return {
    run: reader.list(run, `${at}/run`).map((word, index) => reader.text(word, `${at}/run/${index}`)),
    timeoutSeconds: reader.number(timeoutSeconds, `${at}/timeoutSeconds`),
  }
}

function mapping(reader: Reader, entry: unknown, at: string): SourceMapping {
  const { from, to, package: name, replaces } = reader.object(entry, at, ['from', 'to', 'package', 'replaces'])
  const fromText = reader.text(from, `${at}/from`)
  // A sibling directory lets one version lie over another; anything further could publish what was never meant to be.
  const below = fromText.startsWith('../') && name === undefined ? fromText.slice(3) : fromText
  if (below.split(/[\\/]/).includes('..') || /^([\\/]|[a-z]:)/i.test(below)) {
    reader.refuse(`${at}/from`, `“${fromText}” leads out of the source: one “../”, at its beginning, is the most`)
  }
  const toText = reader.text(to ?? '.', `${at}/to`).replace(/\/$/, '')
  return {
    from: fromText,
    to: toText === '.' ? '' : toText,
    package: name === undefined ? null : packageName(reader, name, `${at}/package`),
    replaces: reader.flag(replaces ?? false, `${at}/replaces`),
  }
}

function packageName(reader: Reader, value: unknown, at: string): string {
  const name = reader.text(value, at)
  if (!/^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/i.test(name)) reader.refuse(at, `“${name}” is not the name of a package`)
  return name
}

/** Typed access to unknown JSON; every refusal names the file and the JSON pointer. */
class Reader {
  readonly #file: string
  #text = ''
  constructor(file: string) {
    this.#file = file
  }

  refuse(pointer: string, detail: string): never {
    const remedy = 'Correct it; examples/services/service.schema.json describes the format'
    const place = placeIn(this.#file, this.#text, pointer)
    throw new SourceError('source-invalid', place, `${pointer || 'the document'}: ${detail}`, remedy)
  }

  /** A mistake in the notation is told with the place that the reader of JSON stumbled at. */
  parse(text: string): unknown {
    this.#text = text
    try {
      return JSON.parse(text)
    } catch (error) {
      const remedy =
        'Correct it; a JSON document has double quotes around names and texts, and no comma before a closing bracket'
      const detail = `is not JSON (${(error as Error).message})`
      throw new SourceError('source-invalid', brokenAt(this.#file, text), detail, remedy, error)
    }
  }

  object(value: unknown, pointer: string, keys: readonly string[]): Loose {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.refuse(pointer, 'must be an object')
    const stranger = Object.keys(value).find((key) => !keys.includes(key))
    if (stranger !== undefined) this.refuse(`${pointer}/${stranger}`, `is not known here; there are ${keys.join(', ')}`)
    return value as Loose
  }

  list(value: unknown, pointer: string): readonly unknown[] {
    return Array.isArray(value) ? value : this.refuse(pointer, 'must be a list')
  }

  text(value: unknown, pointer: string): string {
    return typeof value === 'string' ? value : this.refuse(pointer, 'must be a text')
  }

  number(value: unknown, pointer: string): number {
    return typeof value === 'number' ? value : this.refuse(pointer, 'must be a number')
  }

  flag(value: unknown, pointer: string): boolean {
    return typeof value === 'boolean' ? value : this.refuse(pointer, 'must be true or false')
  }
}
