/** Bundles the agent as a page, for the hub to serve: `npm run build:agent-page`. */
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createHash, randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** `device/` is of the hub's origin, `apps/` of the origin on which apps run. */
export const pageDirectory = at('dist/browser')

/** Bytes of all scripts, compressed by gzip. */
const mostCompressed = 60 * 1024

const scripts = {
  'device/page': 'src/page/main.ts',
  'device/worker': 'src/platform/browser/worker.ts',
  'apps/host': 'src/apps/host.ts',
} as const

/** Built last: each has in it which version of the others it keeps, as the documents have. */
const serviceWorkers = {
  'device/shell-worker': 'src/platform/browser/shell-worker.ts',
  'apps/service-worker': 'src/apps/service-worker.ts',
} as const

const copies = {
  'device/index.html': 'src/page/index.html',
  'device/style.css': 'src/page/style.css',
  'apps/host.html': 'src/apps/host.html',
} as const

/**
 * Writes all that the hub serves, and puts it in place of what was there as a whole: a hub that starts meanwhile has one or the other.
 * @returns its scripts' sizes in bytes
 * Throws an Error when they are larger than they may be.
 */
export async function buildAgentPage(outdir = pageDirectory): Promise<{ plain: number; compressed: number }> {
  const made = `${outdir}.${randomUUID()}`
  try {
    const sizes = await buildInto(made)
    await replaceBy(made, outdir)
    return sizes
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

async function replaceBy(made: string, outdir: string): Promise<void> {
  const before = `${made}.before`
  await rename(outdir, before).catch(unless('ENOENT'))
  // Of two builds at once, one is as good as the other.
  await rename(made, outdir).catch(unless('ENOTEMPTY', 'EEXIST'))
  await rm(before, { recursive: true, force: true })
}

function unless(...codes: string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error
  }
}

async function buildInto(outdir: string): Promise<{ plain: number; compressed: number }> {
  for (const [name, source] of Object.entries(copies)) {
    await mkdir(`${outdir}/${name.slice(0, name.indexOf('/'))}`, { recursive: true })
    await copyFile(at(source), `${outdir}/${name}`)
  }
  const parts = await bundle(outdir, scripts, {})
  const shellVersion = JSON.stringify(await digestOf(outdir, [...Object.keys(copies), ...namesOf(scripts)]))
  for (const name of Object.keys(copies).filter((each) => each.endsWith('.html'))) {
    const text = await readFile(`${outdir}/${name}`, 'utf8')
    await writeFile(`${outdir}/${name}`, text.replace('"{shell}"', shellVersion))
  }
  const workers = await bundle(outdir, serviceWorkers, { shellVersion })
  let compressed = 0
  for (const name of [...namesOf(scripts), ...namesOf(serviceWorkers)])
    compressed += gzipSync(await readFile(`${outdir}/${name}`)).length
  if (compressed > mostCompressed)
    throw new Error(`the scripts have ${compressed} bytes compressed, at most ${mostCompressed}`)
  return { plain: parts + workers, compressed }
}

type Sources = Readonly<Record<string, string>>

/** @returns bytes of all that was written */
async function bundle(outdir: string, sources: Sources, define: Record<string, string>): Promise<number> {
  const { metafile } = await build({
    entryPoints: Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, at(source)])),
    outdir,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    define,
    metafile: true,
    absWorkingDir: at('.'),
  })
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0)
}

function namesOf(sources: Sources): string[] {
  return Object.keys(sources).map((name) => `${name}.js`)
}

async function digestOf(outdir: string, names: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const name of names.toSorted()) hash.update(`${name}\n`).update(await readFile(`${outdir}/${name}`))
  return hash.digest('base64url').slice(0, 16)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { plain, compressed } = await buildAgentPage()
  process.stdout.write(`agent/dist/browser: scripts of ${plain} bytes, ${compressed} compressed\n`)
}
