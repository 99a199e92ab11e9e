import { answer } from '@sutler/client'
import { Argument, Option, type Command } from 'commander'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

const states = ['asked', 'granted', 'denied', 'revoked'] as const
const kinds = ['service', 'category', 'update'] as const

interface Query {
  readonly cursor: string | undefined
  readonly state?: (typeof states)[number]
  readonly household?: string
}

/** `consent list|grant|deny|revoke`. */
export function addConsents(program: Command): void {
  const consent = program.command('consent').description('what households are asked before it is installed')
  lists(
    consent
      .command('list')
      .description('list what was asked and answered')
      .option('--household <id>', 'only of this household')
      .addOption(new Option('--state <state>', 'only those in this state').choices(states)),
    {
      read: async (api, query: Query) => answer(await api.GET('/api/v1/consents', { params: { query } })),
      columns: {
        id: (c) => c.id,
        state: (c) => c.state,
        household: (c) => c.household,
        kind: (c) => c.kind,
        target: (c) => c.target,
        since: (c) => c.changedAt,
      },
    },
  )
  addAnswer(consent, 'grant', 'granted', 'agree for a household: what waits for it goes on')
  addAnswer(consent, 'deny', 'denied', 'decline for a household: what waits for it is cancelled')
  addAnswer(consent, 'revoke', 'revoked', 'take back what was granted: what comes later waits, what is installed stays')
}

function addAnswer(consent: Command, word: string, given: 'granted' | 'denied' | 'revoked', description: string): void {
  consent
    .command(word)
    .description(description)
    .argument('<household>')
    .addArgument(new Argument('<kind>', 'to what').choices(kinds))
    .argument('<target>', 'id of the service, name of the category, or <service>@<version>')
    .option('--reason <text>', 'why', '')
    .option('--json', 'print JSON')
    .action(
      async (
        household: string,
        kind: (typeof kinds)[number],
        target: string,
        { reason, json }: { reason: string; json?: boolean },
      ) => {
        const { api, terminal } = await openSession(json === true)
        const body = { household, kind, target, answer: given, reason }
        const set = answer(await api.POST('/api/v1/consents', { body }))
        terminal.result(set, () => `${set.kind} ${set.target} is ${set.state} for ${household}.`)
      },
    )
}
