import { pages, type SutlerClient } from '@sutler/client'
import { InvalidArgumentError, type Command } from 'commander'
import { openSession } from '../session.ts'
import { take } from '../take.ts'
import { tableOf } from '../terminal.ts'

/** A list of the API as a command shows it. */
export interface Listing<T, O> {
  /** One page; `options` are the command's own. */
  readonly read: (
    api: SutlerClient,
    query: O & { cursor: string | undefined },
    argument: string,
  ) => Promise<{ items: T[]; next: string | null }>
  readonly columns: Readonly<Record<string, (row: T) => string>>
}

/** Makes `command` list: adds `--limit` and `--json`, reads page after page up to the limit, prints a table or JSON. */
export function lists<T, O extends object = object>(command: Command, listing: Listing<T, O>): void {
  command
    .option('--limit <n>', 'at most so many', limitOf, 50)
    .option('--json', 'print JSON')
    .action(async (...given: unknown[]) => {
      const { limit, json, ...own } = command.opts<{ limit: number; json?: boolean }>()
      const argument = typeof given[0] === 'string' ? given[0] : ''
      const { api, terminal } = await openSession(json === true)
      const items = pages((cursor) => listing.read(api, { ...(own as unknown as O), cursor }, argument))
      const found = await take(items, limit)
      terminal.result(found, () => tableOf(found, listing.columns))
    })
}

/** A whole number of at least 1, as an option's value. */
export function limitOf(text: string): number {
  const limit = Number(text)
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InvalidArgumentError('must be a whole number of at least 1.')
  return limit
}
