import { answer, type Schemas } from '@sutler/client'
import { InvalidArgumentError, type Command } from 'commander'
import { openSession } from '../session.ts'
import { painted, printable } from '../terminal.ts'

/** `search`: everything by what it is called. */
export function addSearch(program: Command): void {
  program
    .command('search')
    .description('find devices, people, households, groups, services and orders by what they are called')
    .argument(
      '<words...>',
      'words that must occur, the begin of an id, or a serial number, MAC address or IMEI, with or without colons and dashes',
    )
    .option('--kinds <kinds>', 'comma-separated, for example device,user')
    .option('--limit <n>', 'at most so many of each kind, up to 25', limitOf, 5)
    .option('--outside', 'also people of the directories outside')
    .option('--json', 'print JSON')
    .action(async (words: string[], options: SearchOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const { kinds, limit } = options
      const outside = options.outside === true ? ('true' as const) : ('false' as const)
      const query = { q: words.join(' '), limit, outside, ...(kinds === undefined ? {} : { kinds }) }
      const found = answer(await api.GET('/api/v1/search', { params: { query } }))
      terminal.result(found, () => textOf(found))
    })
}

interface SearchOptions {
  readonly kinds?: string
  readonly limit: number
  readonly outside?: boolean
  readonly json?: boolean
}

interface Group {
  readonly kind: string
  readonly hits: readonly { readonly id: string; readonly label: string; readonly detail: string | null }[]
  readonly more: boolean
}

function textOf({ groups, outside }: Schemas['SearchAnswer']): string {
  const lines = [...groups.flatMap(groupLines), ...outside.flatMap(outsideLines)]
  return lines.length === 0 ? 'nothing is called so' : lines.join('\n')
}

function groupLines({ kind, hits, more }: Group): string[] {
  return [
    painted('bold', kind),
    ...hits.map(({ id, label, detail }) => printable(['', id, label, ...(detail === null ? [] : [detail])].join('  '))),
    ...(more ? ['  … and more: --limit, or more words'] : []),
  ]
}

function outsideLines({ directory, name, answered, why, people, more }: Schemas['OutsideGroup']): string[] {
  const title = painted('bold', printable(`${name} (${directory})`))
  if (!answered) return [title, printable(`  did not answer: ${why ?? ''}`)]
  return [
    title,
    ...people.map(({ entry, name: called, email, user }) =>
      printable(['', entry, called, ...(email === null ? [] : [email]), ...(user === null ? [] : [user])].join('  ')),
    ),
    ...(people.length === 0 ? ['  nobody'] : []),
    ...(more ? ['  … and more'] : []),
  ]
}

function limitOf(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1 || limit > 25)
    throw new InvalidArgumentError('must be a whole number from 1 to 25.')
  return limit
}
