import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const directory = join(root, 'packages/console')
/** What the build reads. */
const sources = ['index.html', 'vite.config.ts', 'package.json', 'src', 'build', 'public']

/** Builds the console anew before the tests when something of it is younger than what was built. */
export default function setup(): void {
  const built = newest(join(directory, 'dist/index.html'))
  if (built > 0 && sources.every((name) => newest(join(directory, name)) <= built)) return
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build:console'], {
    cwd: root,
    encoding: 'utf8',
    // Vitest's own would make a build for development.
    env: { ...process.env, NODE_ENV: 'production' },
    timeout: 180_000,
  })
  if (status !== 0) throw new Error(`the console could not be built:\n${stdout}\n${stderr}`)
}

/** The last change of a file, or of any file below a directory, Unix milliseconds; 0 when there is none. */
function newest(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}
