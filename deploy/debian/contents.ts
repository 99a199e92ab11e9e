import { execFile } from 'node:child_process'
import { lstat, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What of the working copy goes into a package. Paths are from its root. */

const run = promisify(execFile)

const programs = /^(hub|agent|simulators|packages\/[^/]+|protocols\/[^/]+)\/|^examples\/|^(package\.json|LICENSE)$/
const notAtRunTime =
  /^packages\/(console|editor)\/|\.test\.ts$|\/test\/|__snapshots__|\/(conformance|wire-tests)\/|\.md$|\/test-[^/]*$/
/** Made by `npm run build:…`, not kept in the repository. Each is packed where it was built. */
const built = ['packages/console/dist', 'agent/dist']

/** Sources that the programs are run from, and the pages that were built. */
export async function programFiles(root: string): Promise<string[]> {
  const { stdout } = await run('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    maxBuffer: 64 * 1024 * 1024,
  })
  const sources = stdout
    .split('\0')
    .filter((path) => programs.test(path) && (!notAtRunTime.test(path) || path.startsWith('examples/')))
  const there = await Promise.all(
    built.map((path) =>
      stat(join(root, path)).then(
        () => [path],
        () => [],
      ),
    ),
  )
  return [...sources, ...there.flat()]
}

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  /** Of a link: where it leads. */
  readonly resolved?: string
  readonly link?: boolean
}

/** What is run; the console's own packages are in what was built of it. */
const runs = ['hub', 'agent', 'simulators', 'packages/cli']

/** Packages that these need at run time, as far as npm has installed them here, and the links to our own. */
export async function thirdParty(root: string): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>
  }
  const needed = new Set<string>()
  const visit = (from: string): void => {
    const { dependencies, optionalDependencies, peerDependencies } = packages[from] ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const path = resolved(packages, from, name)
      if (path === null || needed.has(path)) continue
      needed.add(path)
      const { link, resolved: target = '' } = packages[path]!
      visit(link === true ? target : path)
    }
  }
  runs.forEach(visit)
  // A package within another one comes with it.
  const outermost = [...needed].filter((path) => path.indexOf('node_modules/') === path.lastIndexOf('node_modules/'))
  const here = await Promise.all(
    outermost.map((path) =>
      lstat(join(root, path)).then(
        () => [path],
        () => [],
      ),
    ),
  )
  return here.flat().toSorted()
}

/** As Node looks for it: in the nearest node_modules upwards. */
function resolved(packages: Readonly<Record<string, Locked>>, from: string, name: string): string | null {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (packages[path] !== undefined) return path
    if (at === '') return null
  }
}
