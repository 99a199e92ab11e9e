import { answer, createClient } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { saveLogin } from '../saved-login.ts'
import { createTerminal } from '../terminal.ts'
import { loggedIn } from './login.ts'
import { newPasswordOf, passwordFile } from './password.ts'

interface SetupOptions {
  readonly name: string
  readonly passwordFile?: string
  readonly json?: boolean
}

/** `setup`: the same as the page that the link leads to. */
export function addSetup(program: Command): void {
  program
    .command('setup')
    .description('make the account that a one-time link is for, and log in')
    .argument('<link>', 'the link that the hub printed at its start, or that an operator sent')
    .requiredOption('--name <name>', 'account name')
    .addOption(passwordFile())
    .option('--json', 'print JSON')
    .action(async (text: string, { name, ...options }: SetupOptions) => {
      const { hub, token } = readLink(text)
      const password = await newPasswordOf(options.passwordFile, name)
      const session = answer(await createClient({ hub }).POST('/api/v1/setup', { body: { token, name, password } }))
      const path = await saveLogin({ hub, token: session.token })
      const { principal, expiresAt } = session
      const told = { hub, principal, expiresAt }
      createTerminal(options.json === true).result(told, () => loggedIn(told, path))
    })
}

/** @throws CommandError `link-invalid` */
function readLink(text: string): { hub: string; token: string } {
  const link = URL.canParse(text.trim()) ? new URL(text.trim()) : null
  const [token = ''] = link?.hash.slice(1).split('.') ?? []
  if (link === null || !/^https?:$/.test(link.protocol) || !token.startsWith('inv_'))
    throw new CommandError(
      'link-invalid',
      'this is no link for making an account',
      'Give all of it, in quotes: what the hub printed at its start, or what an operator sent.',
    )
  return { hub: link.origin + link.pathname.replace(/\/setup$/, ''), token }
}
