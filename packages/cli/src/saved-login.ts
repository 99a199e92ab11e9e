import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { CommandError } from './command-error.ts'

/** Where the command line talks to and as whom. Kept in a file of the user's own, mode 0600. */
export interface SavedLogin {
  readonly hub: string
  readonly token: string
}

export const defaultHub = 'http://127.0.0.1:8480'

function path(): string {
  return (
    process.env['SUTLER_CONFIG'] ??
    join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'sutler', 'config.json')
  )
}

/** The login to use: SUTLER_TOKEN (with SUTLER_HUB) if set, else the saved one, else null. */
export async function readLogin(): Promise<SavedLogin | null> {
  const token = process.env['SUTLER_TOKEN']
  if (token !== undefined && token !== '') return { hub: process.env['SUTLER_HUB'] ?? defaultHub, token }
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
    const { hub, token: saved } = JSON.parse(text) as Partial<SavedLogin>
    if (typeof hub === 'string' && typeof saved === 'string') return { hub, token: saved }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new CommandError(
    'login-unreadable',
    `${path()} is not a saved login`,
    'Remove it and log in again: sutler login',
  )
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
