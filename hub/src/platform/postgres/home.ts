import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CallerError } from '../errors.ts'
import type { Log } from '../log.ts'
import { pause } from '../wait.ts'
import { dataDirectoryUnusable } from './codes.ts'
import { isServer, readPostmaster } from './probe.ts'
import { reachable, serverUser, type ServerUser } from './server-user.ts'

/** Where one embedded PostgreSQL lives. */
export interface PostgresHome {
  readonly user: ServerUser | null
  /** `<data>/postgres`, or where its symbolic link leads. */
  readonly directory: string
  /** PGDATA. */
  readonly cluster: string
  readonly log: string
  /** Holds the unix socket; short, because a socket's path may have 107 bytes at most. */
  readonly sockets: string
}

/** Where root keeps clusters that must be out of a directory closed to PostgreSQL's user, such as /root. */
const elsewhere = '/var/lib/sutler'
const longestSocketDirectory = 80

/**
 * Makes the directories of the embedded PostgreSQL under `dataDirectory`. If PostgreSQL's user cannot reach that (a 0700
 * parent), they are made under /var/lib/sutler and `<data>/postgres` becomes a link to them.
 * @throws CallerError `data-directory-unusable`
 */
export async function preparePostgresHome(dataDirectory: string, log: Log): Promise<PostgresHome> {
  const link = join(resolve(dataDirectory), 'postgres')
  try {
    await mkdir(resolve(dataDirectory), { recursive: true, mode: 0o700 })
    const user = await serverUser(link)
    if (!(await exists(link))) {
      if (user) await letPass(resolve(dataDirectory))
      if (await reachable(dataDirectory, user)) await makeOwned(link, user)
      else await linkElsewhere(link, user, log)
    }
    const directory = await realpath(link)
    const sockets = await socketDirectory(directory, user)
    return { user, directory, cluster: join(directory, 'cluster'), log: join(directory, 'server.log'), sockets }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === undefined || error instanceof CallerError) throw error
    throw new CallerError(dataDirectoryUnusable, `${link}: ${(error as Error).message}`, { cause: error })
  }
}

/**
 * Root's data directory need only be passed through on the way to PostgreSQL's files; what is secret in it is closed by
 * itself. Parents are not ours to open.
 */
async function letPass(dataDirectory: string): Promise<void> {
  const { mode, uid } = await stat(dataDirectory)
  if (uid === 0) await chmod(dataDirectory, (mode & 0o777) | 0o011)
}

async function linkElsewhere(link: string, user: ServerUser | null, log: Log): Promise<void> {
  const directory = join(elsewhere, shortHash(link))
  await mkdir(elsewhere, { recursive: true, mode: 0o755 })
  if (await exists(directory)) await setAside(directory, link, log)
  await makeOwned(directory, user)
  await writeFile(join(directory, 'belongs-to'), `${link}\n`)
  await symlink(directory, link)
  log.info(
    { directory, link, user: user?.name },
    'PostgreSQL runs as an unprivileged user that cannot reach the data directory: its files are elsewhere, a link leads there',
  )
}

/**
 * A data directory that was deleted and made anew must not find the old one's rows. They are kept under another name until
 * the next time; a server that still runs on them has nobody any more to stop it.
 */
async function setAside(directory: string, link: string, log: Log): Promise<void> {
  const aside = `${directory}-before`
  const cluster = join(directory, 'cluster')
  const running = await readPostmaster(cluster)
  if (running && (await isServer(running.pid, cluster))) {
    process.kill(running.pid, 'SIGQUIT')
    while (await isServer(running.pid, cluster)) await pause(20)
  }
  await rm(aside, { recursive: true, force: true })
  await rename(directory, aside)
  log.warn({ directory: aside, link }, 'the link to an earlier database was gone: that database was set aside')
}

/** Named by the home's path, so that every hub on it finds the same one; `tmpdir()` only if that user can go there. */
async function socketDirectory(home: string, user: ServerUser | null): Promise<string> {
  const name = `sutler-${shortHash(home)}`
  const base = tmpdir()
  const fits = base.length + name.length < longestSocketDirectory && (await reachable(base, user))
  const directory = join(fits ? base : '/tmp', name)
  await makeOwned(directory, user)
  return directory
}

/** Makes `directory` 0700 for `user`; one that exists must be theirs, for /tmp is open to everyone. */
async function makeOwned(directory: string, user: ServerUser | null): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 })
    if (user) await chown(directory, user.uid, user.gid)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const found = await lstat(directory)
    const owner = user?.uid ?? process.getuid?.() ?? found.uid
    if (!found.isDirectory() || found.uid !== owner) {
      throw new CallerError(dataDirectoryUnusable, `${directory} exists and does not belong to user ${owner}.`)
    }
  }
  await chmod(directory, 0o700)
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false
      throw error
    },
  )
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
