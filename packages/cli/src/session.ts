import { trustingFetch } from '@sutler/client/node'
import { createClient, type ClientOptions, type SutlerClient } from '@sutler/client'
import { CommandError } from './command-error.ts'
import { readLogin, type SavedLogin } from './saved-login.ts'
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
      'Log in first: sutler login --hub https://127.0.0.1:8480',
    )
  const connection = connectionOf(login)
  return { api: createClient(connection), connection, terminal: createTerminal(json) }
}

/** How to reach the hub of a login, and whom to trust for it. */
export function connectionOf({ hub, token, ca }: Omit<SavedLogin, 'token'> & { token?: string }): ClientOptions {
  return { hub, token, ...(ca === undefined ? {} : { fetch: trustingFetch(ca) }) }
}
