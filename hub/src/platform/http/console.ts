import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { notFound } from '../access.ts'
import { CallerError } from '../errors.ts'
import type { ApiEnv } from './api.ts'
import { html, page } from './docs/html.ts'

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json',
  html: 'text/html; charset=utf-8',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

const unbuilt = page(
  'Console · Sutler',
  html`<main class="single">
    <h1>The console is not built</h1>
    <p>
      Its files are made by <code>npm run build:console</code>, which <code>npm ci</code> calls by itself. Everything
      else works without it.
    </p>
  </main>`,
)

/** Only what the hub serves itself; a style must have the page's own nonce; nobody may show the console inside another page. */
function policy(nonce: string): string {
  return (
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; ` +
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types default"
  )
}

/**
 * The web console at /console/: the files that its build left in `directory`, whole and compressed as they lie there. Addresses
 * below it that are no file are pages of the console. The same for everyone, and no data in them.
 */
export function consolePages(directory: string): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>()
  const files = filesIn(directory)
  const index = files.has('index.html') ? readFileSync(join(directory, 'index.html'), 'utf8') : null
  app.get('/', (c) => c.redirect('/console/', 302))
  app.get('/console', (c) => c.redirect('/console/', 302))
  app.get('/console/*', (c) => {
    const path = c.req.path.slice('/console/'.length)
    if (index === null) return c.body(unbuilt, 503, pageHeaders)
    if (!path.startsWith('assets/') && !files.has(path)) {
      const nonce = randomBytes(16).toString('base64url')
      const headers = { ...pageHeaders, 'content-security-policy': policy(nonce) }
      return c.body(index.replaceAll('{{nonce}}', nonce), 200, headers)
    }
    const file = files.get(path)
    if (file === undefined) throw new CallerError(notFound, `The console has no file ${path}.`)
    const accepted = c.req.header('accept-encoding') ?? ''
    const coding = (['br', 'gzip'] as const).find((each) => accepted.includes(each) && file[each] !== undefined)
    const stored = (coding === undefined ? undefined : file[coding]) ?? file.identity
    const { bytes, tag } = stored()
    const headers = {
      'content-type': types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      // The build names assets after their content.
      'cache-control': path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      etag: tag,
      ...(coding !== undefined && { 'content-encoding': coding }),
    }
    if (c.req.header('if-none-match') === tag) return c.body(null, 304, headers)
    return c.body(bytes, 200, headers)
  })
  return app
}

interface Stored {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly tag: string
}

interface ConsoleFile {
  readonly identity: () => Stored
  readonly br?: () => Stored
  readonly gzip?: () => Stored
}

/** Which files there are, once and for all: an address is looked up here and never becomes a path. */
function filesIn(directory: string): ReadonlyMap<string, ConsoleFile> {
  const names = new Set(listed(directory))
  const files = new Map<string, ConsoleFile>()
  for (const name of names) {
    if (/\.(?:br|gz)$/.test(name)) continue
    files.set(name, {
      identity: form(directory, name),
      ...(names.has(`${name}.br`) && { br: form(directory, `${name}.br`) }),
      ...(names.has(`${name}.gz`) && { gzip: form(directory, `${name}.gz`) }),
    })
  }
  return files
}

function listed(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(directory.length).replace(/^\//, ''))
  } catch {
    // Not built.
    return []
  }
}

/** Read when first asked for, then kept: all of them are some megabytes. */
function form(directory: string, name: string): () => Stored {
  let kept: Stored | undefined
  return () => (kept ??= read(join(directory, name)))
}

function read(path: string): Stored {
  const bytes = new Uint8Array(readFileSync(path))
  return { bytes, tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }
}
