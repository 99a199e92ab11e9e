/** Bundles the agent into one file for devices: `npm run build:agent`. */
import { chmod, readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'

export const bundlePath = fileURLToPath(new URL('dist/sutler-agent.cjs', import.meta.url))

/** Bytes, compressed by gzip. */
export const mostCompressed = 60 * 1024

/**
 * Takes Node's modules by `require`. Importing one makes the loader read every export of it, among them `WebSocket` of
 * node:http, which loads a whole HTTP library: 10 MB of resident memory on Node 24.
 */
const builtinsOnDemand: Plugin = {
  name: 'builtins-on-demand',
  setup(bundler) {
    bundler.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin' }))
    bundler.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = builtin(${JSON.stringify(path)})`,
    }))
  },
}

/** Under another name, so that the bundler does not look for what is required. */
const banner = `#!/usr/bin/env node
const builtin = require`

/**
 * Writes the bundle.
 * @param outfile where to
 * @param more what else the bundler is to do
 * @returns its sizes in bytes
 * Throws an Error when it is larger than `mostCompressed`.
 */
export async function buildAgent(
  outfile = bundlePath,
  more: readonly Plugin[] = [],
): Promise<{ readonly plain: number; readonly compressed: number }> {
  await build({
    entryPoints: [fileURLToPath(new URL('src/main.ts', import.meta.url))],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    // The loader of ES modules costs 0.7 MB more and a thread pool on Node 20.
    format: 'cjs',
    target: 'node20',
    banner: { js: banner },
    plugins: [builtinsOnDemand, ...more],
    legalComments: 'none',
    logLevel: 'warning',
  })
  await chmod(outfile, 0o755)
  const compressed = gzipSync(await readFile(outfile), { level: 9 }).length
  if (compressed > mostCompressed)
    throw new Error(`the bundle has ${compressed} bytes compressed, at most ${mostCompressed}`)
  return { plain: (await stat(outfile)).size, compressed }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { plain, compressed } = await buildAgent()
  process.stdout.write(`agent/dist/sutler-agent.cjs: ${plain} bytes, ${compressed} compressed\n`)
}
