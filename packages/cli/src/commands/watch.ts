import { answer, followEvents, type SutlerClient, type EventOptions, type StreamedEvent } from '@sutler/client'
import { InvalidArgumentError, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession, type Session } from '../session.ts'
import { printable } from '../terminal.ts'
import { durationOf } from './options.ts'

interface WatchOptions {
  readonly order?: string
  readonly campaign?: string
  readonly until?: string
  readonly timeout?: number
  readonly household?: string
  readonly types?: string
  readonly filter?: string
  readonly json?: boolean
}

/** `watch`: events as they happen; with --order or --campaign until that is over, or in the state wanted. */
export function addWatch(program: Command): void {
  program
    .command('watch')
    .description('show events as they happen')
    .option('--order <id>', 'only this order; ends when it is over (exit status 1 unless completed)')
    .option('--campaign <id>', 'only this campaign; ends when it is over (exit status 1 unless completed)')
    .option('--until <state>', 'end as soon as the order or campaign is in this state (exit status 0)')
    .option('--timeout <duration>', 'give up after so long, like 30s or 15m; exit status 1', durationOf)
    .option('--household <id>', 'only this household')
    .option('--types <types>', 'only these, comma-separated, for example delivery.*,order.*')
    .option('--filter <cel>', 'only where this holds, for example: event.data.service == "guide"')
    .option('--json', 'print one JSON object per event')
    .action(async (options: WatchOptions) => {
      const subject = subjectOf(options)
      const session = await openSession(options.json === true)
      const stop = new AbortController()
      process.once('SIGINT', () => stop.abort())
      if (subject === null) await watchAll(session, options, stop.signal)
      else await watchOne(session, subject, options, stop)
    })
}

/** What is watched until it is over. */
interface Subject {
  readonly id: string
  /** What its own events are called. */
  readonly noun: 'order' | 'campaign'
  readonly over: ReadonlySet<string>
  read(api: SutlerClient): Promise<string>
}

function subjectOf({ order, campaign, until }: WatchOptions): Subject | null {
  if (order !== undefined && campaign !== undefined)
    throw new InvalidArgumentError('--order and --campaign cannot be watched at once.')
  if (order !== undefined) {
    const over = new Set(['completed', 'failed', 'partial', 'cancelled', 'rejected'])
    const params = { path: { id: order } }
    return {
      id: order,
      noun: 'order',
      over,
      read: async (api) => answer(await api.GET('/api/v1/orders/{id}', { params })).state,
    }
  }
  if (campaign !== undefined) {
    const over = new Set(['completed', 'aborted', 'rolled-back', 'failed'])
    const params = { path: { id: campaign } }
    return {
      id: campaign,
      noun: 'campaign',
      over,
      read: async (api) => answer(await api.GET('/api/v1/campaigns/{id}', { params })).state,
    }
  }
  if (until !== undefined) throw new InvalidArgumentError('--until needs --order or --campaign.')
  return null
}

async function watchAll({ connection, terminal }: Session, options: WatchOptions, stop: AbortSignal): Promise<void> {
  const signal = within(stop, options.timeout)
  for await (const event of followEvents(connection, { ...filterOf(options), signal }))
    terminal.result(event, () => eventText(event))
}

async function watchOne(
  { api, connection, terminal }: Session,
  subject: Subject,
  options: WatchOptions,
  stop: AbortController,
): Promise<void> {
  const { until, timeout } = options
  let last = ''
  const enough = (): boolean => (until !== undefined && last === until) || subject.over.has(last)
  const look = async (): Promise<boolean> => {
    last = await subject.read(api)
    return enough()
  }
  const events = followEvents(connection, {
    ...filterOf(options, subject),
    signal: within(stop.signal, timeout),
    // Only now: what was over just before would never be heard of.
    opened: async () => {
      if (await look()) stop.abort()
    },
  })
  for await (const event of events) {
    if (event.subject !== subject.id && event.data[subject.noun] !== subject.id) continue
    terminal.result(event, () => eventText(event))
    if (event.subject !== subject.id) continue
    // A state that was left again meanwhile counts, too.
    if (until !== undefined && event.data['state'] === until) last = until
    if (enough() || (await look())) break
  }
  if (!enough() && !stop.signal.aborted) throw notYet(subject, options, last)
  stop.abort()
  terminal.remark(`${subject.id} is ${last}`)
  if (last !== (until ?? 'completed')) process.exitCode = 1
}

function notYet({ id, noun }: Subject, { until, timeout = 0 }: WatchOptions, last: string): CommandError {
  return new CommandError(
    'still-running',
    `${id} is ${last}, not ${until ?? 'over'}, after ${timeout / 1_000} s`,
    `Watch on, with a longer --timeout or none; sutler ${noun} show says what it waits for.`,
    undefined,
    1,
  )
}

function within(stop: AbortSignal, timeout: number | undefined): AbortSignal {
  return timeout === undefined ? stop : AbortSignal.any([stop, AbortSignal.timeout(timeout)])
}

function filterOf({ household, types, filter }: WatchOptions, subject?: Subject): EventOptions {
  // The end of what is watched must be heard of, whatever else is wanted.
  const own = subject === undefined ? [] : [`${subject.noun}.*`]
  return {
    ...(household === undefined ? {} : { household }),
    ...(filter === undefined || subject !== undefined ? {} : { filter }),
    ...(types === undefined ? {} : { types: [...types.split(','), ...own] }),
  }
}

function eventText({ at, type, subject, data }: StreamedEvent): string {
  const about = ['device', 'service', 'version', 'state', 'why', 'detail']
    .map((name) => data[name])
    .filter((value) => typeof value === 'string' && value !== '')
  return printable(`${at.slice(11, 19)}  ${type.padEnd(24)}  ${subject}  ${about.join('  ')}`.trimEnd())
}
