import { answer, type Schemas } from '@sutler/client'
import { InvalidArgumentError, type Command } from 'commander'
import { openSession } from '../session.ts'
import { printable } from '../terminal.ts'
import { lists } from './lists.ts'
import { durationOf } from './options.ts'

type Webhook = Schemas['Webhook']
type Attempt = Schemas['WebhookAttempt']

/** `webhook add|list|show|change|enable|disable|test|log|resend|replay|skip|rotate|remove`. */
export function addWebhooks(program: Command): void {
  const webhook = program.command('webhook').description('addresses that are told of events, in signed messages')
  addAdd(webhook)
  lists(webhook.command('list').description('list webhooks'), {
    read: async (api, query) => answer(await api.GET('/api/v1/webhooks', { params: { query } })),
    columns: {
      id: (hook) => hook.id,
      name: (hook) => hook.name,
      url: (hook) => hook.url,
      state: stateOf,
      failures: (hook) => String(hook.failures),
      error: (hook) => hook.lastError ?? '',
    },
  })
  addShow(webhook)
  addChange(webhook)
  addSwitch(webhook)
  addTest(webhook)
  lists<Attempt, { outcome?: 'delivered' | 'failed' }>(
    webhook
      .command('log')
      .description('list what was sent to a webhook and what became of it, the newest first')
      .argument('<webhook>')
      .option('--outcome <outcome>', 'only those: delivered or failed', outcomeOf),
    {
      read: async (api, query, id) =>
        answer(await api.GET('/api/v1/webhooks/{id}/attempts', { params: { path: { id }, query } })),
      columns: {
        at: ({ at }) => at,
        event: ({ event }) => event,
        type: ({ type }) => type,
        kind: ({ kind }) => kind,
        outcome: attemptText,
        next: ({ nextTry }) => nextTry ?? '',
      },
    },
  )
  addAgain(webhook)
  addSkip(webhook)
  addRotate(webhook)
  addRemove(webhook)
}

interface AddOptions {
  readonly name?: string
  readonly types?: string
  readonly household?: string
  readonly subject?: string
  readonly filter?: string
  readonly json?: boolean
}

function addAdd(webhook: Command): void {
  webhook
    .command('add')
    .description('have events sent to an address from now on; prints the secret of the signatures, once')
    .argument('<url>')
    .option('--name <name>', 'what it is for')
    .option('--types <types>', 'only these, comma-separated, for example delivery.*,order.completed')
    .option('--household <id>', 'only events of this household')
    .option('--subject <id>', 'only events about this order, device, …')
    .option('--filter <cel>', 'only where this holds, for example: event.data.service == "guide"')
    .option('--json', 'print JSON')
    .action(async (url: string, { json, types, ...wish }: AddOptions) => {
      const { api, terminal } = await openSession(json === true)
      const body = { url, ...wish, ...(types === undefined ? {} : { types: types.split(',') }) }
      const made = answer(await api.POST('/api/v1/webhooks', { body }))
      terminal.result(made, () => `${made.id}\nsecret, shown this once: ${made.secret}`)
    })
}

function addShow(webhook: Command): void {
  webhook
    .command('show')
    .description('show a webhook')
    .argument('<webhook>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const found = answer(await api.GET('/api/v1/webhooks/{id}', { params: { path: { id } } }))
      terminal.result(found, () => webhookText(found))
    })
}

function addChange(webhook: Command): void {
  webhook
    .command('change')
    .description('change where a webhook sends and what; what waits goes to the new address, if it is still wanted')
    .argument('<webhook>')
    .option('--url <url>', 'another address')
    .option('--name <name>', 'what it is for')
    .option('--types <types>', 'only these, comma-separated; empty: all')
    .option('--filter <cel>', 'only where this holds; empty: always')
    .option('--json', 'print JSON')
    .action(async (id: string, { json, types, ...wish }: AddOptions & { url?: string }) => {
      const { api, terminal } = await openSession(json === true)
      const listed = types?.split(',').filter((type) => type !== '')
      const body = { ...wish, ...(listed !== undefined && { types: listed }) }
      const params = { path: { id } }
      const headers = { 'if-match': '*' }
      const changed = answer(await api.PATCH('/api/v1/webhooks/{id}', { params, headers, body } as never)) as Webhook
      terminal.result(changed, () => webhookText(changed))
    })
}

function addSwitch(webhook: Command): void {
  for (const [verb, state] of [
    ['enable', 'active'],
    ['disable', 'disabled'],
  ] as const) {
    const command = webhook
      .command(verb)
      .description(verb === 'enable' ? 'switch a webhook on; it goes on where it stopped' : 'switch a webhook off')
      .argument('<webhook>')
      .option('--json', 'print JSON')
    if (verb === 'enable') command.option('--from-now', 'leave out what it missed')
    command.action(async (id: string, options: { fromNow?: boolean; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const resume = options.fromNow === true ? { resume: 'now' as const } : {}
      const params = { path: { id } }
      const headers = { 'if-match': '*' }
      const changed = answer(
        await api.PATCH('/api/v1/webhooks/{id}', { params, headers, body: { state, ...resume } } as never),
      ) as Webhook
      terminal.result(changed, () => `${changed.id} is ${stateOf(changed)}`)
    })
  }
}

function addTest(webhook: Command): void {
  webhook
    .command('test')
    .description('send a test event now, and say what the receiver answers; exit status 1 unless it took it')
    .argument('<webhook>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const said = answer(await api.POST('/api/v1/webhooks/{id}/test', { params: { path: { id } } }))
      terminal.result(said, () => attemptLines(said))
      if (said.outcome === 'failed') process.exitCode = 1
    })
}

function addAgain(webhook: Command): void {
  webhook
    .command('resend')
    .description('send one event once more, now; exit status 1 unless the receiver took it')
    .argument('<webhook>')
    .argument('<event>', 'id of the event, like evt_12.3')
    .option('--json', 'print JSON')
    .action(async (id: string, event: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const said = answer(await api.POST('/api/v1/webhooks/{id}/resend', { params: { path: { id } }, body: { event } }))
      terminal.result(said, () => attemptLines(said))
      if (said.outcome === 'failed') process.exitCode = 1
    })
  webhook
    .command('replay')
    .description('send what has happened since an event or a moment once more')
    .argument('<webhook>')
    .requiredOption('--from <event|time>', 'id of an event, itself included, or a time like 2026-01-31T12:00:00Z')
    .option('--until <time>', 'up to then; up to now unless given')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { from: string; until?: string; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const { from, until } = options
      const body = { from, ...(until === undefined ? {} : { until }) }
      const begun = answer(await api.POST('/api/v1/webhooks/{id}/replay', { params: { path: { id } }, body }))
      terminal.result(begun, () => `${begun.id} replays; sutler webhook show ${begun.id} says how many were sent`)
    })
}

function addSkip(webhook: Command): void {
  webhook
    .command('skip')
    .description('give up the message that the receiver refuses, so that those behind it are sent')
    .argument('<webhook>')
    .argument('<event>', 'id of the event that was refused last, as `webhook log` has it')
    .option('--json', 'print JSON')
    .action(async (id: string, event: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const skipped = answer(
        await api.POST('/api/v1/webhooks/{id}/skip', { params: { path: { id } }, body: { event } }),
      )
      terminal.result(skipped, () => `${event} is sent no more; ${id} goes on behind it`)
    })
}

function addRotate(webhook: Command): void {
  webhook
    .command('rotate')
    .description('make a new secret, and print it, once; for a while messages are signed with both')
    .argument('<webhook>')
    .option('--overlap <duration>', 'how long the one before counts, like 2h; a day unless given', durationOf)
    .option('--json', 'print JSON')
    .action(async (id: string, options: { overlap?: number; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const body = options.overlap === undefined ? {} : { overlapSeconds: Math.round(options.overlap / 1000) }
      const made = answer(await api.POST('/api/v1/webhooks/{id}/secret', { params: { path: { id } }, body }))
      terminal.result(
        made,
        () => `secret, shown this once: ${made.secret}\nthe one before counts until ${made.previousUntil}`,
      )
    })
}

function addRemove(webhook: Command): void {
  webhook
    .command('remove')
    .description('stop and forget a webhook')
    .argument('<webhook>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      await api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id } } })
      terminal.result({ webhook: id, removed: true }, () => `${id} is removed.`)
    })
}

function outcomeOf(text: string): string {
  if (text !== 'delivered' && text !== 'failed') throw new InvalidArgumentError('must be delivered or failed.')
  return text
}

function stateOf({ state, why }: Webhook): string {
  return why === null ? state : `${state} (${why})`
}

function attemptText({ outcome, status, detail }: Attempt): string {
  return [outcome, status ?? '', status === null ? (detail ?? '') : ''].filter((part) => part !== '').join(' ')
}

function attemptLines(said: Attempt): string {
  const took = `${attemptText(said)} after ${said.durationMilliseconds} ms`
  return printable(took) + (said.answer === '' ? '' : `\n${printable(said.answer)}`)
}

function webhookText(hook: Webhook): string {
  const { id, name, url, types, household, subject, filter, retryAt, lastError, lastSuccessAt, replay } = hook
  const rows: [string, string | null][] = [
    ['id', id],
    ['name', name],
    ['url', url],
    ['state', stateOf(hook)],
    ['types', types.join(', ') || 'all'],
    ['household', household],
    ['subject', subject],
    ['filter', filter],
    ['delivered', lastSuccessAt],
    ['error', lastError],
    ['next try', retryAt],
    ['replay', replay === null ? null : `${replay.sent} sent`],
  ]
  return rows
    .filter(([, value]) => value !== null && value !== '')
    .map(([title, value]) => printable(`${title.padEnd(10)}  ${value}`))
    .join('\n')
}
