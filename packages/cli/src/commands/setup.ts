import { answer, createClient } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { saveLogin } from '../saved-login.ts'
import { connectionOf } from '../session.ts'
import { createTerminal } from '../terminal.ts'
import { authorityOf, withAuthority, type AuthorityOptions } from './authority-options.ts'
import { loggedIn } from './login.ts'
import { newPasswordOf, passwordFile } from './password.ts'

interface SetupOptions extends AuthorityOptions {
  readonly name: string
  readonly passwordFile?: string
  readonly json?: boolean
}

/** `setup`: the same as the page that the link leads to. */
export function addSetup(program: Command): void {
  const setup = program
    .command('setup')
    .description('make the account that a one-time link is for, and log in')
    .argument('<link>', 'the link that the hub printed at its start, or that an operator sent')
    .requiredOption('--name <name>', 'account name')
  withAuthority(setup)
    .addOption(passwordFile())
    .option('--json', 'print JSON')
    .action(async (text: string, { name, ...options }: SetupOptions) => {
      const { hub, token, fingerprint } = readLink(text)
      const ca = await authorityOf(hub, fingerprint === undefined ? options : { fingerprint, ...options })
      const password = await newPasswordOf(options.passwordFile, name)
      const body = { token, name, password }
      const session = answer(await createClient(connectionOf({ hub, ca })).POST('/api/v1/setup', { body }))
      const path = await saveLogin({ hub, token: session.token, ca })
      const { principal, expiresAt } = session
      const told = { hub, principal, expiresAt }
      createTerminal(options.json === true).result(told, () => loggedIn(told, path))
    })
}

/** @throws CommandError `link-invalid` */
function readLink(text: string): { hub: string; token: string; fingerprint: string | undefined } {
  const link = URL.canParse(text.trim()) ? new URL(text.trim()) : null
  const [token = '', fingerprint] = link?.hash.slice(1).split('.') ?? []
  if (link === null || !/^https?:$/.test(link.protocol) || !token.startsWith('inv_'))
    throw new CommandError(
      'link-invalid',
      'this is no link for making an account',
      'Give all of it, in quotes: what the hub printed at its start, or what an operator sent.',
    )
  return { hub: link.origin + link.pathname.replace(/\/setup$/, ''), token, fingerprint }
}
