import { answer, createClient, type Schemas } from '@sutler/client'
import type { Command } from 'commander'
import { authorityOf, withAuthority, type AuthorityOptions } from './authority-options.ts'
import { defaultHub, forgetLogin, saveLogin } from '../saved-login.ts'
import { connectionOf, openSession } from '../session.ts'
import { createTerminal } from '../terminal.ts'
import { passwordFile, passwordOf } from './password.ts'

interface LoginOptions extends AuthorityOptions {
  readonly hub: string
  readonly name: string
  readonly passwordFile?: string
  readonly json?: boolean
}

/** `login`, `logout`, `whoami`. */
export function addLogin(program: Command): void {
  const login = program
    .command('login')
    .description('log in to a hub and keep the session for the commands that follow')
    .option('--hub <url>', 'address of the hub', process.env['SUTLER_HUB'] ?? defaultHub)
  withAuthority(login)
    .option('--name <name>', 'account name', 'operator')
    .addOption(passwordFile())
    .option('--json', 'print JSON')
    .action(async (options: LoginOptions) => {
      const password = await passwordOf(options.passwordFile, options.name)
      const ca = await authorityOf(options.hub, options)
      const api = createClient(connectionOf({ hub: options.hub, ca }))
      const session = answer(await api.POST('/api/v1/sessions', { body: { name: options.name, password } }))
      const path = await saveLogin({ hub: options.hub, token: session.token, ca })
      const { principal, expiresAt } = session
      const told = { hub: options.hub, principal, expiresAt }
      createTerminal(options.json === true).result(told, () => loggedIn(told, path))
    })
  program
    .command('logout')
    .description('end the session and forget it')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { api, connection, terminal } = await openSession(options.json === true)
      await api.DELETE('/api/v1/sessions')
      await forgetLogin()
      terminal.result({ hub: connection.hub, loggedOut: true }, () => 'Logged out.')
    })
  program
    .command('whoami')
    .description('who the hub takes you for')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { api, connection, terminal } = await openSession(options.json === true)
      const principal = answer(await api.GET('/api/v1/me'))
      terminal.result(principal, () => `${principal.name} (${principal.roles.join(', ')}) at ${connection.hub}`)
    })
}

/** What a person is told who has just logged in. */
export function loggedIn(
  session: { hub: string; principal: Schemas['Principal']; expiresAt: string },
  path: string,
): string {
  const { hub, principal, expiresAt } = session
  return `Logged in to ${hub} as ${principal.name} (${principal.roles.join(', ')}) until ${expiresAt}; kept in ${path}`
}
