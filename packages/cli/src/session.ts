import { createClient, type ClientOptions, type SutlerClient } from '@sutler/client'
import { CommandError } from './command-error.ts'
import { readLogin } from './saved-login.ts'
import { createTerminal, type Terminal } from './terminal.ts'

/** What every command works with. */
export interface Session {
  readonly api: SutlerClient
  readonly connection: ClientOptions
  readonly terminal: Terminal
}

/** @throws CommandError `not-logged-in` */
export async function openSession(json: boolean): Promise<Session> {
  const login = await readLogin()
  if (login === null)
    throw new CommandError(
      'not-logged-in',
      'nobody is logged in',
      'Log in first: sutler login --hub http://127.0.0.1:8480',
    )
  return { api: createClient(login), connection: login, terminal: createTerminal(json) }
}
