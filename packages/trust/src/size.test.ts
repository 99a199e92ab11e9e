import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** Bytes, compressed by gzip: the agent carries this and has to stay small. */
const mostCompressed = 12 * 1024

test('what a device needs stays small, and brings no module of Node along', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL('client.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    target: 'node20',
  })
  expect(gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length).toBeLessThan(mostCompressed)
  const inputs = Object.keys(metafile.inputs)
  expect(inputs.filter((file) => !/^packages\/(trust|json)\/src\//.test(file))).toEqual([])
  expect(inputs.filter((file) => file.includes('/repository/'))).toEqual([])
})
