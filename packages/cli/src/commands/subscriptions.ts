import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { lists } from './lists.ts'

/** `subscription list`. */
export function addSubscriptions(program: Command): void {
  const subscription = program.command('subscription').description('subscriptions: what households have')
  lists(
    subscription
      .command('list')
      .description('list subscriptions, with the version that each is pinned to')
      .option('--household <id>', 'only those of this household'),
    {
      read: async (api, query: { cursor: string | undefined }) =>
        answer(await api.GET('/api/v1/subscriptions', { params: { query } })),
      columns: {
        id: (s) => s.id,
        household: (s) => s.household,
        service: (s) => s.service,
        version: (s) => s.version,
        state: (s) => s.state,
        pinned: (s) => s.pinned ?? '',
        channel: (s) => s.channel ?? '',
      },
    },
  )
}
