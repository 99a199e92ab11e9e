import { answer, type Schemas } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'

type Role = Schemas['NewInvitation']['roles'][number]

const roles: readonly Role[] = ['operator', 'developer', 'sponsor', 'subscriber', 'auditor']

interface InviteOptions {
  readonly role: readonly string[]
  readonly household: string[]
  readonly email?: string
  readonly json?: boolean
}

/** `invite`: a link by which one person makes an account of their own. */
export function addInvitations(program: Command): void {
  program
    .command('invite')
    .description('make a one-time link by which one person chooses name and password; it is shown this once')
    .requiredOption('--role <role>', `${roles.join(', ')}; may be repeated`, collect, [])
    .option('--household <id>', 'a household of a subscriber; may be repeated', collect, [])
    .option('--email <address>', 'who logs in elsewhere with this verified address may use it, too')
    .option('--json', 'print JSON')
    .action(async ({ role, household, email, json }: InviteOptions) => {
      const body = { roles: role.map(roleOf), households: household, email: email ?? null }
      const { api, terminal } = await openSession(json === true)
      const made = answer(await api.POST('/api/v1/invitations', { body }))
      terminal.result(made, () => made.link)
      terminal.remark(`Good for one person until ${made.expiresAt}. Send it to them by a way that you trust.`)
    })
}

function roleOf(given: string): Role {
  const role = roles.find((each) => each === given)
  if (role !== undefined) return role
  throw new CommandError('option-invalid', `--role ${given} is no role`, `Give one of ${roles.join(', ')}.`)
}

function collect(value: string, before: string[]): string[] {
  return [...before, value]
}
