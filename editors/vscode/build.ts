/** Builds the extension as the file that VS Code installs: `npm run build:vscode`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { contentTypes, type Manifest, packageManifest, vsixManifest } from './vsix.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Zip files know no time before; with a fixed one the same sources give the same bytes. */
const mtime = new Date(1980, 0, 1)

/**
 * Bundles the extension and packs it.
 * @param directory where to
 * @returns path of the package
 */
export async function buildExtension(directory = here('dist')): Promise<string> {
  await mkdir(directory, { recursive: true })
  const bundle = `${directory}/extension.cjs`
  await build({
    entryPoints: [here('src/extension.ts')],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    // What VS Code 1.91 runs extensions with.
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  })
  const manifest = JSON.parse(await readFile(here('package.json'), 'utf8')) as Manifest
  const path = `${directory}/${manifest.name}-${manifest.version}.vsix`
  await writeFile(path, zipSync(await content(manifest, bundle), { level: 9, mtime }))
  return path
}

async function content(manifest: Manifest, bundle: string): Promise<Zippable> {
  const files: Zippable = {
    'extension.vsixmanifest': strToU8(vsixManifest(manifest)),
    '[Content_Types].xml': strToU8(contentTypes),
    'extension/package.json': strToU8(packageManifest(manifest)),
    'extension/LICENSE.txt': await readFile(here('../../LICENSE')),
    'extension/dist/extension.cjs': await readFile(bundle),
  }
  for (const name of ['README.md', 'language-configuration.json', 'syntaxes/sutler-pattern.tmLanguage.json'])
    files[`extension/${name}`] = await readFile(here(name))
  return files
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${await buildExtension()}\n`)
}
