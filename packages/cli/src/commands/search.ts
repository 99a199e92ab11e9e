import { answer } from '@sutler/client'
import { InvalidArgumentError, type Command } from 'commander'
import { openSession } from '../session.ts'
import { painted, printable } from '../terminal.ts'

/** `search`: everything by what it is called. */
export function addSearch(program: Command): void {
  program
    .command('search')
    .description('find devices, people, households, groups, services and orders by what they are called')
    .argument('<words...>', 'words that must occur, or the begin of an id')
    .option('--kinds <kinds>', 'comma-separated, for example device,user')
    .option('--limit <n>', 'at most so many of each kind, up to 25', limitOf, 5)
    .option('--json', 'print JSON')
    .action(async (words: string[], options: { kinds?: string; limit: number; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const { kinds, limit } = options
      const query = { q: words.join(' '), limit, ...(kinds === undefined ? {} : { kinds }) }
      const found = answer(await api.GET('/api/v1/search', { params: { query } }))
      terminal.result(found, () => textOf(found.groups))
    })
}

interface Group {
  readonly kind: string
  readonly hits: readonly { readonly id: string; readonly label: string; readonly detail: string | null }[]
  readonly more: boolean
}

function textOf(groups: readonly Group[]): string {
  if (groups.length === 0) return 'nothing is called so'
  return groups
    .flatMap(({ kind, hits, more }) => [
      painted('bold', kind),
      ...hits.map(({ id, label, detail }) =>
        printable(['', id, label, ...(detail === null ? [] : [detail])].join('  ')),
      ),
      ...(more ? ['  … and more: --limit, or more words'] : []),
    ])
    .join('\n')
}

function limitOf(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > 25)
    throw new InvalidArgumentError('must be a whole number from 1 to 25.')
  return limit
}
