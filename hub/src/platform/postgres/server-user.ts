import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CallerError } from '../errors.ts'
import { dataDirectoryUnusable } from './codes.ts'

/** The operating system's user that PostgreSQL runs as; it refuses to run as root. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
  readonly name: string
}

/** Preferred first. initdb insists on a user with a name, so a free number will not do. */
const preferred = ['sutler', 'postgres', 'nobody']

/**
 * Whom to become for PostgreSQL: null (stay) unless this process is root. A directory that has an owner already keeps it.
 * @throws CallerError `data-directory-unusable` when root finds no unprivileged user on this machine
 */
export async function serverUser(existingDirectory: string): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null
  const users = parsePasswd(await readFile('/etc/passwd', 'utf8'))
  const owner = await stat(existingDirectory).then(
    (found) => found.uid,
    () => 0,
  )
  const found =
    users.find((user) => user.uid === owner && owner !== 0) ??
    preferred.map((name) => users.find((user) => user.name === name && user.uid !== 0)).find(Boolean)
  if (found) return found
  throw new CallerError(
    dataDirectoryUnusable,
    `The hub runs as root, PostgreSQL must not, and /etc/passwd has none of ${preferred.join(', ')}.`,
  )
}

/** Users of an /etc/passwd text. */
export function parsePasswd(text: string): ServerUser[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}

/** True if `user` may pass through every directory down to `directory`; always true when nobody is changed to. */
export async function reachable(directory: string, user: ServerUser | null): Promise<boolean> {
  if (user === null) return true
  for (let path = await realpath(directory); ; path = dirname(path)) {
    const { mode, uid, gid } = await stat(path)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (path === dirname(path)) return true
  }
}
