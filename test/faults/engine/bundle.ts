import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const source = fileURLToPath(new URL('hub-process.ts', import.meta.url))
/** Below node_modules, so that the driver is found, which is mended while it is loaded and must stay a file of its own. */
const target = fileURLToPath(new URL(`../../../node_modules/.cache/sutler/hub-${process.pid}.mjs`, import.meta.url))

export interface Bundle {
  readonly path: string
  /** Where Node keeps what it has compiled of it. */
  readonly cache: string
  remove(): Promise<void>
}

/** The hub process in one file: it starts in a quarter of the time, and it is started a thousand times. */
export async function bundleHub(): Promise<Bundle> {
  await mkdir(dirname(target), { recursive: true })
  await build({
    entryPoints: [source],
    outfile: target,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: ['postgres'],
    // For the packages in it that are CommonJS.
    banner: { js: `import { createRequire } from 'node:module';const require = createRequire(import.meta.url);` },
    logLevel: 'warning',
  })
  const bundle = {
    path: target,
    cache: `${target}.cache`,
    async remove() {
      for (const path of [target, bundle.cache]) await rm(path, { recursive: true, force: true })
    },
  }
  await compile(bundle)
  return bundle
}

/** Loads it once and ends it in order, for only then the cache is written. */
async function compile(bundle: Bundle): Promise<void> {
  const child = forkHub(bundle)
  await once(child, 'message')
  child.disconnect()
  await once(child, 'exit')
}

export function forkHub({ path, cache }: Bundle): ChildProcess {
  const env = { ...process.env, NODE_COMPILE_CACHE: cache }
  return fork(path, { execArgv: [], env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}
