import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { CommandError } from './command-error.ts'

/** Where the command line talks to and as whom. Kept in a file of the user's own, mode 0600. */
export interface SavedLogin {
  readonly hub: string
  readonly token: string
  /** The authority that the hub is recognised by, PEM; absent = those that the system trusts. */
  readonly ca?: string | undefined
}

export const defaultHub = 'https://127.0.0.1:8480'

function path(): string {
  return (
    process.env['SUTLER_CONFIG'] ??
    join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'sutler', 'config.json')
  )
}

/** The login to use: SUTLER_TOKEN (with SUTLER_HUB and SUTLER_CA) if set, else the saved one, else null. */
export async function readLogin(): Promise<SavedLogin | null> {
  const token = process.env['SUTLER_TOKEN']
  if (token !== undefined && token !== '') {
    const file = process.env['SUTLER_CA']
    const ca = file === undefined || file === '' ? undefined : await readAuthority(file)
    return { hub: process.env['SUTLER_HUB'] ?? defaultHub, token, ca }
  }
  let text: string
  try {
    text = await readFile(path(), 'utf8')
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw new CommandError(
      'login-unreadable',
      `${path()} cannot be read`,
      'Check its owner and mode, or remove it and log in again.',
      error,
    )
  }
  try {
    const { hub, token: saved, ca } = JSON.parse(text) as Partial<SavedLogin>
    if (typeof hub === 'string' && typeof saved === 'string') return { hub, token: saved, ca }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new CommandError(
    'login-unreadable',
    `${path()} is not a saved login`,
    'Remove it and log in again: sutler login',
  )
}

/** The PEM file of an authority. @throws CommandError `authority-unreadable` */
export async function readAuthority(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error)
  })
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw unreadable(file)
  return text
}

function unreadable(file: string, cause?: unknown): CommandError {
  const remedy = 'Name the hub’s certificate in PEM: ca.pem in its data directory, or what it serves at /ca.pem.'
  return new CommandError('authority-unreadable', `${file} holds no certificate that can be read`, remedy, cause)
}

export async function saveLogin(login: SavedLogin): Promise<string> {
  await mkdir(dirname(path()), { recursive: true, mode: 0o700 })
  await writeFile(path(), `${JSON.stringify(login, null, 2)}\n`, { mode: 0o600 })
  await chmod(path(), 0o600)
  return path()
}

export async function forgetLogin(): Promise<void> {
  await rm(path(), { force: true })
}
