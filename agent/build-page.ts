/** Bundles the agent as a page, for the hub to serve: `npm run build:agent-page`. */
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
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
  'apps/service-worker': 'src/apps/service-worker.ts',
} as const

const copies = {
  'device/index.html': 'src/page/index.html',
  'device/style.css': 'src/page/style.css',
  'apps/host.html': 'src/apps/host.html',
} as const

/**
 * Writes all that the hub serves.
 * @returns its scripts' sizes in bytes
 * Throws an Error when they are larger than they may be.
 */
export async function buildAgentPage(outdir = pageDirectory): Promise<{ plain: number; compressed: number }> {
  await rm(outdir, { recursive: true, force: true })
  const { metafile } = await build({
    entryPoints: Object.fromEntries(Object.entries(scripts).map(([name, source]) => [name, at(source)])),
    outdir,
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    absWorkingDir: at('.'),
  })
  for (const [name, source] of Object.entries(copies)) {
    await mkdir(`${outdir}/${name.slice(0, name.indexOf('/'))}`, { recursive: true })
    await copyFile(at(source), `${outdir}/${name}`)
  }
  let compressed = 0
  for (const name of Object.keys(scripts)) compressed += gzipSync(await readFile(`${outdir}/${name}.js`)).length
  if (compressed > mostCompressed)
    throw new Error(`the scripts have ${compressed} bytes compressed, at most ${mostCompressed}`)
  const plain = Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0)
  return { plain, compressed }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { plain, compressed } = await buildAgentPage()
  process.stdout.write(`agent/dist/browser: scripts of ${plain} bytes, ${compressed} compressed\n`)
}
