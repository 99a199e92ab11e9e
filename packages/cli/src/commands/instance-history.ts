import { answer, pages, type Schemas, type SutlerClient } from '@sutler/client'
import { Option, type Command } from 'commander'
import { historyText } from '../instances/history-text.ts'
import { instanceAddress, type InstanceAddress } from '../instances/instance-address.ts'
import { openSession } from '../session.ts'
import { take } from '../take.ts'
import { limitOf } from './lists.ts'
import { collected } from './options.ts'

type Entry = Schemas['HistoryEntry']
type Outcome = Entry['outcome']

/** What an entry must be like to be shown. */
interface Filter {
  readonly model?: string
  readonly signal?: string
  readonly outcome?: Outcome
  readonly state?: string[]
  readonly data?: string[]
  readonly from?: string
  readonly to?: string
}

const outcomes: readonly Outcome[] = [
  'fired',
  'ignored',
  'deferred',
  'held',
  'rejected',
  'failed',
  'duplicate',
  'operated',
]

/** `instance history`. */
export function addInstanceHistory(instance: Command): void {
  instance
    .command('history')
    .description('show the newest steps, of one instance or of all, the newest last')
    .argument('[instance]', '<model>/<id>, or its URL (default: all)', instanceAddress)
    .option('--model <name>', 'only steps of this model’s instances')
    .option(
      '--signal <type>',
      'only those that a signal of this type caused; operator.cancel and the like: by a person',
    )
    .addOption(new Option('--outcome <outcome>', 'only those with this outcome').choices(outcomes))
    .option('--state <name>', 'only those after which this state was current; may be repeated', collected)
    .option('--data <path=value>', 'only those that left this value in the data; may be repeated', collected)
    .option('--from <time>', 'only those at this time or later, like 2026-01-31T00:00:00Z')
    .option('--to <time>', 'only those before this time')
    .option('--limit <n>', 'at most so many', limitOf, 50)
    .option('--json', 'print JSON')
    .action(history)
}

async function history(
  of: InstanceAddress | undefined,
  { limit, json, ...filter }: Filter & { limit: number; json?: boolean },
): Promise<void> {
  const { api, terminal } = await openSession(json === true)
  // One more tells whether there are older ones.
  const found = await take<Entry & { model?: string; id?: string }>(newestFirst(api, of, filter), limit + 1)
  const entries = found.slice(0, limit).toReversed()
  terminal.result(entries, () =>
    historyText(
      entries.map((entry) => ({ model: '', id: '', ...of, ...entry })),
      of === undefined,
    ),
  )
  if (found.length > limit) terminal.remark(`There are older ones: --limit ${limit * 2}`)
}

function newestFirst(api: SutlerClient, of: InstanceAddress | undefined, filter: Filter): AsyncGenerator<Entry> {
  const filtered = Object.values(filter).some((value) => value.length > 0)
  return pages<Entry>(async (cursor) =>
    of === undefined || filtered
      ? answer(await api.GET('/api/v1/history', { params: { query: { ...filter, ...of, cursor } } }))
      : answer(await api.GET('/api/v1/instances/{model}/{id}/history', { params: { path: of, query: { cursor } } })),
  )
}
