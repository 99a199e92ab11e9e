import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { answer, createClient } from '@sutler/client'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { defaultHub, forgetLogin, saveLogin } from '../saved-login.ts'
import { openSession } from '../session.ts'
import { createTerminal } from '../terminal.ts'

/** `login`, `logout`, `whoami`. */
export function addLogin(program: Command): void {
  program
    .command('login')
    .description('log in to a hub and keep the session for the commands that follow')
    .option('--hub <url>', 'address of the hub', process.env['SUTLER_HUB'] ?? defaultHub)
    .option('--name <name>', 'account name', 'operator')
    .addOption(new Option('--password-file <file>', 'read the password from a file (- = standard input)'))
    .option('--json', 'print JSON')
    .action(async (options: { hub: string; name: string; passwordFile?: string; json?: boolean }) => {
      const password =
        options.passwordFile === undefined ? await ask(options.name) : await readPassword(options.passwordFile)
      const api = createClient({ hub: options.hub })
      const session = answer(await api.POST('/api/v1/sessions', { body: { name: options.name, password } }))
      const path = await saveLogin({ hub: options.hub, token: session.token })
      const { principal, expiresAt } = session
      createTerminal(options.json === true).result(
        { hub: options.hub, principal, expiresAt },
        () =>
          `Logged in to ${options.hub} as ${principal.name} (${principal.roles.join(', ')}) until ${expiresAt}; kept in ${path}`,
      )
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

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file === '-' ? '/dev/stdin' : file, 'utf8')).trim()
  } catch (error) {
    throw new CommandError(
      'password-unreadable',
      `${file} cannot be read`,
      'Name a file that holds the password only.',
      error,
    )
  }
}

/** Asks without showing what is typed. */
async function ask(name: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new CommandError(
      'no-terminal',
      'there is no terminal to ask for the password',
      'Use --password-file FILE (- = standard input).',
    )
  process.stderr.write(`Password of ${name}: `)
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: muted, terminal: true })
  try {
    return await reader.question('')
  } finally {
    reader.close()
    process.stderr.write('\n')
  }
}
