import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { FleetError } from '../errors.ts'

/** What `sutler login` keeps. */
export interface Login {
  readonly hub: string
  readonly token: string
  /** Whom to recognise the hub by, PEM. */
  readonly ca: string | null
}

/**
 * The saved login of the command line: `SUTLER_CONFIG`, else `~/.config/sutler/config.json`.
 * @returns null when nobody is logged in
 * @throws FleetError `bad-option` when the file cannot be understood
 */
export function savedLogin(environment: NodeJS.ProcessEnv): Login | null {
  const file = environment.SUTLER_CONFIG ?? join(homedir(), '.config', 'sutler', 'config.json')
  try {
    const { hub, token, ca = null } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Login>
    return typeof hub === 'string' && typeof token === 'string' ? { hub, token, ca } : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new FleetError('bad-option', `${file} cannot be read: log in again, or give --token`, { cause: error })
  }
}
