import { answer, type Schemas } from '@sutler/client'
import { InvalidArgumentError, type Command } from 'commander'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

type Kind = NonNullable<Schemas['NotificationRequest']['kinds']>[number]

interface AddOptions {
  readonly kinds?: string
  readonly types?: string
  readonly household?: string
  readonly subject?: string
  readonly filter?: string
  readonly json?: boolean
}

/** `notification add|list|mails|remove`. */
export function addNotifications(program: Command): void {
  const notification = program.command('notification').description('what people are told of by e-mail')
  notification
    .command('add')
    .description('have a question sent to an address; once its reader agrees, it is told of events')
    .argument('<email>')
    .option('--kinds <kinds>', 'comma-separated: orders, devices, approvals, campaigns, services, security')
    .option('--types <types>', 'types of events beside them, comma-separated')
    .option('--household <id>', 'only events of this household')
    .option('--subject <id>', 'only events about this order, device, …')
    .option('--filter <cel>', 'only where this holds, for example: event.data.service == "guide"')
    .option('--json', 'print JSON')
    .action(async (email: string, { json, kinds, types, ...wish }: AddOptions) => {
      if (kinds === undefined && types === undefined) throw new InvalidArgumentError('--kinds or --types is needed.')
      const { api, terminal } = await openSession(json === true)
      const about = {
        ...(kinds === undefined ? {} : { kinds: kinds.split(',') as Kind[] }),
        ...(types === undefined ? {} : { types: types.split(',') }),
      }
      const made = answer(await api.POST('/api/v1/notifications', { body: { email, ...about, ...wish } }))
      terminal.result(made, () => `${made.id}: ${made.email} was asked, and is told once its reader agrees`)
    })
  lists(notification.command('list').description('list notifications'), {
    read: async (api, query) => answer(await api.GET('/api/v1/notifications', { params: { query } })),
    columns: {
      id: ({ id }) => id,
      email: ({ email }) => email,
      about: ({ kinds, types }) => [...kinds, ...types].join(', '),
      state: ({ state, why }) => (why === null ? state : `${state} (${why})`),
      sent: ({ lastSentAt }) => lastSentAt ?? '',
    },
  })
  lists(
    notification
      .command('mails')
      .description('list the messages that were sent, the newest first')
      .argument('<notification>'),
    {
      read: async (api, query, id) =>
        answer(await api.GET('/api/v1/notifications/{id}/mails', { params: { path: { id }, query } })),
      columns: {
        at: ({ at }) => at,
        subject: ({ subject }) => subject,
        events: ({ events }) => String(events),
        outcome: ({ outcome }) => outcome,
        detail: ({ detail, outcome }) => (outcome === 'taken' ? '' : detail),
      },
    },
  )
  notification
    .command('remove')
    .description('end and forget a notification')
    .argument('<notification>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      await api.DELETE('/api/v1/notifications/{id}', { params: { path: { id } } })
      terminal.result({ notification: id, removed: true }, () => `${id} is removed.`)
    })
}
