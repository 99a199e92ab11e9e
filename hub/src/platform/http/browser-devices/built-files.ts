import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../../errors.ts'

export const devicePageUnbuilt = errorCode(
  'device-page-unbuilt',
  503,
  'The page that makes a browser a device is not built',
  'Run `npm run build:agent-page` where the hub is installed, which `npm ci` does by itself, and start the hub again.',
)

export interface BuiltFile {
  readonly bytes: Buffer<ArrayBuffer>
  readonly type: string
  readonly etag: string
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
}

/** The files that a build has left in a directory, by name, read once: no address becomes a path. Empty where there is none. */
export function builtFiles(directory: string): ReadonlyMap<string, BuiltFile> {
  return new Map(namesIn(directory).map((name) => [name, read(join(directory, name), name)]))
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => /^[a-z-]+\.(?:css|html|js)$/.test(name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function read(path: string, name: string): BuiltFile {
  const bytes = readFileSync(path)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { bytes, type: types[name.slice(name.lastIndexOf('.') + 1)]!, etag }
}
