import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readFile, readdir, readlink, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { checkPaths } from '@sutler/wire'
import {
  readServiceDocument,
  type ServiceDocument,
  type SourceComponent,
  type SourceMapping,
} from './service-document.ts'
import { SourceError } from './source-errors.ts'

/** What POST /services/{id}/versions takes. */
export interface Composition {
  readonly version: string
  readonly notes: string
  readonly components: readonly (Omit<SourceComponent, 'from' | 'models'> & {
    readonly files: readonly CompositionFile[]
  })[]
  readonly relations: ServiceDocument['relations']
}

interface CompositionFile {
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** SHA-256, 64 lower-case hexadecimal digits. */
  readonly digest: string
  /** 0o644, or 0o755 for an executable file. */
  readonly mode: number
}

/** Files that are read at the same time. */
const readTogether = 16

export interface ServiceSource {
  readonly id: string
  readonly title: string
  /** What service.json says of the service as a whole, apart from its title. */
  readonly details: { readonly categories?: readonly string[]; readonly parental?: number }
  readonly composition: Composition
  /** Digest → absolute path of a file with that content. */
  readonly files: ReadonlyMap<string, string>
  /** Component → the models of device that its developer signs it for; one that is not here is for all. */
  readonly models: ReadonlyMap<string, readonly string[]>
}

/**
 * Reads a directory with a service.json into what is to be published. Every file that a mapping covers is taken, hidden ones
 * too; links are refused, not followed (except the one by which a package manager installs a package).
 * @throws SourceError that names the file and the remedy
 */
export async function readServiceSource(directory: string): Promise<ServiceSource> {
  const root = await realpath(resolve(directory)).catch(() => resolve(directory))
  const file = join(root, 'service.json')
  const document = readServiceDocument(file, await readDocument(file))
  const collected = []
  const models = new Map<string, readonly string[]>()
  for (const { from, models: named, ...component } of document.components) {
    const sources = await collect(root, component.name, from)
    checkTargets(component.name, sources)
    collected.push({ component, sources: [...sources].toSorted(([one], [other]) => (one < other ? -1 : 1)) })
    if (named !== null) models.set(component.name, named)
  }
  const read = await digestFiles(new Set(collected.flatMap(({ sources }) => sources.map(([, source]) => source))))
  const files = new Map([...read].map(([source, { digest }]) => [digest, source]))
  const components = collected.map(({ component, sources }) => ({
    ...component,
    files: sources.map(([path, source]): CompositionFile => ({ ...read.get(source)!, path })),
  }))
  const { id, title, version, notes, relations, categories, parental } = document
  const details = { ...(categories !== null && { categories }), ...(parental !== null && { parental }) }
  return { id, title, details, composition: { version, notes, components, relations }, files, models }
}

async function readDocument(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new SourceError('source-missing', file, 'cannot be read', 'Name a directory that holds a service.json', error)
  }
}

/** Path in the component → absolute path of the file. */
async function collect(
  root: string,
  component: string,
  mappings: readonly SourceMapping[],
): Promise<Map<string, string>> {
  const collected = new Map<string, string>()
  for (const mapping of mappings) {
    const base = mapping.package === null ? root : await packageDirectory(root, mapping.package)
    const place = resolve(base, mapping.from)
    await checkReached(place)
    const before = new Map(collected)
    for await (const [path, source] of walk(place, mapping.to)) {
      const other = before.get(path)
      if (other !== undefined && !mapping.replaces) {
        const remedy = 'Give one of the mappings another “to”, or set “replaces” in the later one if it is meant to win'
        throw new SourceError('path-taken', source, `${component} already has ${path}, from ${other}`, remedy)
      }
      collected.set(path, source)
    }
  }
  if (collected.size === 0) {
    const remedy = 'Put files into the directories that “from” names'
    throw new SourceError('source-empty', join(root, 'service.json'), `component ${component} has no files`, remedy)
  }
  return collected
}

/** A link anywhere on the way to a mapping's files would publish what is elsewhere. */
async function checkReached(place: string): Promise<void> {
  const real = await realpath(place).catch((error: unknown) => {
    throw new SourceError(
      'source-missing',
      place,
      'is not there',
      'Correct “from” in service.json, or create it',
      error,
    )
  })
  if (real !== place) throw linkRefused(place, real)
}

function linkRefused(place: string, real: string): SourceError {
  return new SourceError(
    'link-refused',
    place,
    `is reached by a link (to ${real})`,
    'Put a copy of the files in its place',
  )
}

/** The files at or below `place`, as [path in the component, absolute path]. */
async function* walk(place: string, to: string): AsyncGenerator<[string, string]> {
  const status = await lstat(place)
  if (status.isSymbolicLink()) throw linkRefused(place, await readlink(place))
  if (status.isDirectory()) {
    const names = await readdir(place).catch((error: unknown) => unreadable(place, error))
    for (const name of names.toSorted()) yield* walk(join(place, name), to === '' ? name : `${to}/${name}`)
  } else if (status.isFile()) {
    yield [to === '' ? (place.split(/[\\/]/).at(-1) ?? '') : to, place]
  } else {
    throw new SourceError('not-a-file', place, 'is neither a file nor a directory', 'Remove it from the source')
  }
}

/** Where a package is installed, as seen from the source: the nearest node_modules upwards that has it. */
async function packageDirectory(from: string, name: string): Promise<string> {
  for (let directory = from; ; directory = dirname(directory)) {
    const candidate = join(directory, 'node_modules', name)
    // Package managers install by links: this one is followed, none inside the package is.
    if (await stat(join(candidate, 'package.json')).catch(() => null)) return realpath(candidate)
    if (directory === dirname(directory)) break
  }
  const remedy = `Install it: npm install ${name}`
  throw new SourceError('package-missing', join(from, 'service.json'), `the package ${name} is not installed`, remedy)
}

function checkTargets(component: string, sources: ReadonlyMap<string, string>): void {
  const [finding, ...more] = checkPaths([...sources.keys()])
  if (finding === undefined) return
  const others = more.length > 0 ? ` (and ${more.length} more)` : ''
  const detail = `cannot be “${finding.path}” in ${component}: ${finding.detail}${others}`
  throw new SourceError('path-refused', sources.get(finding.path) ?? finding.path, detail, 'Rename it, or change “to”')
}

function unreadable(file: string, error: unknown): never {
  throw new SourceError('source-unreadable', file, 'cannot be read', 'Make it readable to you, or remove it', error)
}

/** By absolute path, several at the same time. */
async function digestFiles(sources: ReadonlySet<string>): Promise<Map<string, Omit<CompositionFile, 'path'>>> {
  const read = new Map<string, Omit<CompositionFile, 'path'>>()
  const queue = sources.values()
  await Promise.all(
    Array.from({ length: readTogether }, async () => {
      for (const source of queue) read.set(source, await digestFile(source))
    }),
  )
  return read
}

/** Reads a file once, in pieces. */
async function digestFile(file: string): Promise<Omit<CompositionFile, 'path'>> {
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const piece of createReadStream(file)) {
      hash.update(piece as Buffer)
      size += (piece as Buffer).length
    }
  } catch (error) {
    unreadable(file, error)
  }
  const { mode, size: listed } = await stat(file)
  if (listed !== size) {
    throw new SourceError(
      'source-changed',
      file,
      'changed while it was read',
      'Publish again when nothing writes to it',
    )
  }
  return { size, digest: hash.digest('hex'), mode: (mode & 0o111) === 0 ? 0o644 : 0o755 }
}
