import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { lists } from './lists.ts'

/** `events`: what there is to be told of. `watch` shows it as it happens. */
export function addEvents(program: Command): void {
  lists(program.command('events').description('list the types of events; sutler watch shows them as they happen'), {
    read: async (api, query) => answer(await api.GET('/api/v1/event-types', { params: { query } })),
    columns: { type: ({ type }) => type, when: ({ when }) => when },
  })
}
