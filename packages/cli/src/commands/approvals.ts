import { answer } from '@sutler/client'
import { Option, type Command } from 'commander'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

const states = ['waiting', 'approved', 'denied', 'expired'] as const

interface Query {
  readonly cursor: string | undefined
  readonly state?: (typeof states)[number]
  readonly household?: string
}

/** `approval list|approve|deny`. */
export function addApprovals(program: Command): void {
  const approval = program.command('approval').description('what policies ask people before they act')
  lists(
    approval
      .command('list')
      .description('list what was asked, newest first')
      .option('--household <id>', 'only what concerns this household')
      .addOption(new Option('--state <state>', 'only those in this state').choices(states)),
    {
      read: async (api, query: Query) => answer(await api.GET('/api/v1/approvals', { params: { query } })),
      columns: {
        id: (a) => a.id,
        state: (a) => a.state,
        policy: (a) => a.name,
        household: (a) => a.household ?? '',
        question: (a) => a.question,
        until: (a) => `${a.until} (then ${a.else})`,
      },
    },
  )
  addAnswer(approval, 'approve', 'agree: what the policy wants is done')
  addAnswer(approval, 'deny', 'refuse: what the policy wants is not done')
}

function addAnswer(approval: Command, word: 'approve' | 'deny', description: string): void {
  approval
    .command(word)
    .description(description)
    .argument('<id>')
    .option('--reason <text>', 'why', '')
    .option('--json', 'print JSON')
    .action(async (id: string, { reason, json }: { reason: string; json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const asked = { params: { path: { id } }, body: { reason } }
      const answered =
        word === 'approve'
          ? answer(await api.POST('/api/v1/approvals/{id}/approve', asked))
          : answer(await api.POST('/api/v1/approvals/{id}/deny', asked))
      terminal.result(answered, () => `${answered.id} is ${answered.state}.`)
    })
}
