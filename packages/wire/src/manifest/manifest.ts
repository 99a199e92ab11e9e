import { utf8Length } from '../codec/cbor-encode.ts'
import { WireError } from '../errors.ts'
import { limits } from '../limits.ts'
import { checkPaths } from './paths.ts'
import type { Manifest, ManifestFile } from '@sutler/device-model'

/**
 * The one text of a manifest, whose SHA-256 over UTF-8 is its digest: JSON without white space, keys in the order of the
 * `Manifest` type, files sorted by path as UTF-16 code units. Checks nothing: `parseManifest` does.
 */
export function canonicalManifest(manifest: Manifest): string {
  const { service, version, component, restart, health, role, reports } = manifest
  const files = manifest.files
    .map(({ path, size, digest, mode }) => ({ path, size, digest, mode }))
    .sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0))
  const check = health && { run: health.run, timeoutSeconds: health.timeoutSeconds }
  const named = reports && { name: reports.name, version: reports.version }
  // What is undefined has no key.
  return JSON.stringify({ service, version, component, restart, health: check, role, reports: named, files })
}

/**
 * Reads a manifest's text and checks all of it: form, every path rule, and that it is canonical.
 * Throws WireError `invalid-manifest`; `where` is the field, for a path its entry, and the message names the path.
 */
export function parseManifest(text: string): Manifest {
  if (utf8Length(text) > limits.manifestBytes) {
    throw invalid('', `it is larger than ${limits.manifestBytes} bytes`)
  }
  const manifest = readManifest(parseJson(text))
  if (canonicalManifest(manifest) !== text) {
    throw invalid('', 'it is not canonical: keys in order, files sorted by path, no white space, nothing else')
  }
  return manifest
}

function invalid(where: string, detail: string): WireError {
  return new WireError('invalid-manifest', where, detail)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('', 'it is not JSON')
  }
}

type Loose = Readonly<Record<string, unknown>>

function object(value: unknown, where: string): Loose {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(where, 'expected an object')
  return value as Loose
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '' || !value.isWellFormed() || utf8Length(value) > limits.textBytes) {
    throw invalid(where, `expected a text of 1 to ${limits.textBytes} bytes`)
  }
  return value
}

function wholeNumber(value: unknown, where: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
    throw invalid(where, `expected a whole number from ${least} to ${most}`)
  }
  return value
}

function readManifest(value: unknown): Manifest {
  const manifest = object(value, '')
  const { restart } = manifest
  if (restart !== 'none' && restart !== 'device') throw invalid('restart', 'expected "none" or "device"')
  return {
    service: text(manifest.service, 'service'),
    version: text(manifest.version, 'version'),
    component: text(manifest.component, 'component'),
    restart,
    health: readHealth(manifest.health),
    ...readRole(manifest),
    files: readFiles(manifest.files),
  }
}

const roles = ['firmware', 'unit', 'configuration'] as const

/** What only devices without our agent go by: absent where all is as usual, so that a manifest has one text. */
function readRole({ role, reports }: Loose): Pick<Manifest, 'role' | 'reports'> {
  const known = roles.find((each) => each === role)
  if (role !== undefined && known === undefined) throw invalid('role', `expected ${roles.join(', ')} or nothing`)
  return { ...(known && { role: known }), ...(reports !== undefined && { reports: readReports(reports) }) }
}

function readReports(value: unknown): NonNullable<Manifest['reports']> {
  const { name, version } = object(value, 'reports')
  if (name === undefined && version === undefined) throw invalid('reports', 'expected a name, a version or both')
  return {
    ...(name !== undefined && { name: text(name, 'reports.name') }),
    // A device may have only a name for it.
    ...(version !== undefined && { version: version === '' ? '' : text(version, 'reports.version') }),
  }
}

function readHealth(value: unknown): Manifest['health'] {
  if (value === null) return null
  const health = object(value, 'health')
  const { run } = health
  if (!Array.isArray(run) || run.length === 0 || run.length > limits.healthArguments) {
    throw invalid('health.run', `expected a command and its arguments, at most ${limits.healthArguments}`)
  }
  return {
    run: run.map((argument, index) => text(argument, `health.run.${index}`)),
    timeoutSeconds: wholeNumber(health.timeoutSeconds, 'health.timeoutSeconds', 1, limits.healthSeconds),
  }
}

function readFiles(value: unknown): ManifestFile[] {
  if (!Array.isArray(value)) throw invalid('files', 'expected a list')
  if (value.length > limits.filesPerComponent) {
    throw invalid('files', `at most ${limits.filesPerComponent} files, this has ${value.length}`)
  }
  const files = value.map((entry, index) => readFile(object(entry, `files.${index}`), `files.${index}`))
  const found = checkPaths(files.map((file) => file.path))[0]
  if (found) {
    const index = files.findLastIndex((file) => file.path === found.path)
    throw invalid(`files.${index}.path`, `${JSON.stringify(found.path)}: ${found.detail}`)
  }
  return files
}

function readFile(file: Loose, where: string): ManifestFile {
  const { path, digest, mode } = file
  if (typeof path !== 'string') throw invalid(`${where}.path`, 'expected a text')
  const named = `${where} (${JSON.stringify(path.slice(0, limits.pathBytes))})`
  if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) {
    throw invalid(`${named}.digest`, 'expected 64 lower-case hexadecimal digits')
  }
  if (mode !== 0o644 && mode !== 0o755) throw invalid(`${named}.mode`, 'expected 420 (0644) or 493 (0755)')
  return { path, size: wholeNumber(file.size, `${named}.size`, 0, Number.MAX_SAFE_INTEGER), digest, mode }
}
