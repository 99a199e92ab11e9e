import { answer } from '@sutler/client'
import { Option, type Command } from 'commander'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

const states = ['waiting', 'approved', 'refused', 'enrolled'] as const

interface Query {
  readonly cursor: string | undefined
  readonly state?: (typeof states)[number]
}

/** `enrolment list|approve|refuse`. */
export function addEnrolments(program: Command): void {
  const enrolment = program.command('enrolment').description('enrolments that a person has to agree to')
  lists(
    enrolment
      .command('list')
      .description('list enrolments')
      .addOption(new Option('--state <state>', 'only those in this state').choices(states)),
    {
      read: async (api, query: Query) => answer(await api.GET('/api/v1/enrolments', { params: { query } })),
      columns: {
        id: (e) => e.id,
        serial: (e) => e.serial,
        class: (e) => e.class ?? '',
        protocol: (e) => e.protocol,
        state: (e) => e.state,
        household: (e) => e.household ?? '',
        asked: (e) => e.askedAt,
      },
    },
  )
  enrolment
    .command('approve')
    .description('agree: the device gets its certificate when it asks next')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const ticket = answer(await api.POST('/api/v1/enrolments/{id}/approve', { params: { path: { id } } }))
      terminal.result(ticket, () => `${ticket.class} ${ticket.serial} is approved.`)
    })
  enrolment
    .command('refuse')
    .description('refuse: the device does not enrol with this claim')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const ticket = answer(await api.POST('/api/v1/enrolments/{id}/refuse', { params: { path: { id } } }))
      terminal.result(ticket, () => `${ticket.class} ${ticket.serial} is refused.`)
    })
}
