import { execFile } from 'node:child_process'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What of the working copy goes into a package. Paths are from its root. */

const run = promisify(execFile)

const programs = /^(hub|agent|simulators|packages\/[^/]+|protocols\/[^/]+)\/|^examples\/|^(package\.json|LICENSE)$/
const notAtRunTime = /\.test\.ts$|\/test\/|__snapshots__|\/(conformance|wire-tests)\/|\.md$|\/test-[^/]*$/
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
  readonly dev?: boolean
  readonly link?: boolean
}

/** Node itself comes apart, as the one program that it is; headers and types are of no use at run time. */
const left = /^node_modules\/(node-(linux|darwin|win|bin)-[a-z0-9-]+|@types\/[^/]+)$/

/** Packages that the lock says are needed at run time and that npm has installed here, and the links to our own. */
export async function thirdParty(root: string): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>
  }
  const wanted = Object.entries(packages).filter(
    // A package within another one comes with it.
    ([path, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !dev && !left.test(path),
  )
  const here = new Set(await installed(root))
  return wanted.flatMap(([path]) => (here.has(path) ? [path] : []))
}

async function installed(root: string): Promise<string[]> {
  const names = await readdir(join(root, 'node_modules'))
  const scoped = names.filter((name) => name.startsWith('@'))
  const within = await Promise.all(
    scoped.map(async (scope) => (await readdir(join(root, 'node_modules', scope))).map((name) => `${scope}/${name}`)),
  )
  return [...names, ...within.flat()].map((name) => `node_modules/${name}`)
}
