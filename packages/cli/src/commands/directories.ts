import { answer, type Schemas } from '@sutler/client'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { given } from '../given.ts'
import { readText } from '../read-text.ts'
import { openSession } from '../session.ts'
import { printable } from '../terminal.ts'
import { lists } from './lists.ts'

interface AddOptions {
  readonly name: string
  readonly base?: string
  readonly bindDn?: string
  readonly secretFile?: string
  readonly filter?: string
  readonly startTls?: boolean
  readonly caFile?: string
  readonly id?: string
  readonly items?: string
  readonly entryUrl?: string
  readonly timeout?: number
  readonly cache?: number
  readonly json?: boolean
}

/** `directory add|list|test|adopt|remove`: where people are looked up outside. */
export function addDirectories(program: Command): void {
  const command = program.command('directory').description('directories of people outside, by LDAP or HTTP')
  addAdd(command)
  lists(command.command('list').description('list the directories that there are'), {
    read: async (api, query) => answer(await api.GET('/api/v1/directories', { params: { query } })),
    columns: {
      id: (d) => d.id,
      name: (d) => d.name,
      kind: (d) => d.kind,
      url: (d) => d.url,
      state: (d) => (d.disabled ? 'disabled' : 'in use'),
    },
  })
  addTest(command)
  addAdopt(command)
  command
    .command('remove')
    .description('ask a directory no more; people who came from it stay')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      await api.DELETE('/api/v1/directories/{id}', { params: { path: { id } } })
      terminal.result({ removed: id }, () => `${id} is removed.`)
    })
}

function addAdd(command: Command): void {
  command
    .command('add')
    .description('have people looked up in a directory')
    .argument('<url>', 'ldaps://host, ldap://host, or https://… with {q} where what is looked for goes')
    .requiredOption('--name <name>', 'what the search calls it')
    .option('--base <dn>', 'LDAP: where it begins to look, for example ou=people,dc=example,dc=org')
    .option('--bind-dn <dn>', 'LDAP: who binds, with the secret')
    .option('--secret-file <file>', 'file with the password of who binds, or with the bearer token')
    .option('--filter <filter>', 'LDAP: RFC 4515, with {q} where what is looked for goes')
    .option('--start-tls', 'LDAP: go over to TLS before anything is said')
    .option('--ca-file <file>', 'LDAP: certificate of who signs that of the directory, PEM')
    .option('--items <pointer>', 'HTTP: JSON pointer to the list in the answer')
    .option('--entry-url <url>', 'HTTP: address of one entry, its id at {id}')
    .addOption(new Option('--id <attribute>', 'names an entry for good: attribute, dn, or JSON pointer'))
    .addOption(new Option('--timeout <seconds>', 'for one look-up (default: 2)').argParser(Number))
    .addOption(new Option('--cache <seconds>', 'how long an answer is believed (default: 60)').argParser(Number))
    .option('--json', 'print JSON')
    .action(async (url: string, options: AddOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const body = await directoryOf(url, options)
      const made = answer(await api.POST('/api/v1/directories', { body }))
      terminal.result(made, () => `${made.id}  ${made.name}\nTry it: sutler directory test ${made.id} <somebody>`)
    })
}

async function directoryOf(url: string, options: AddOptions): Promise<Schemas['NewDirectory']> {
  const { name, secretFile, caFile, id, timeout, cache } = options
  const secret = secretFile === undefined ? null : (await readText(secretFile)).trim()
  const common = {
    ...(id === undefined ? {} : { attributes: { id } }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
    ...(cache === undefined ? {} : { cacheSeconds: cache }),
  }
  if (/^https?:/i.test(url)) {
    const { items, entryUrl } = options
    const settings = { ...common, ...given({ items, entryUrl }) }
    return { kind: 'http', name, url, secret, settings } as Schemas['NewDirectory']
  }
  const { base, bindDn, filter, startTls } = options
  if (base === undefined)
    throw new CommandError('option-invalid', 'an LDAP directory needs --base', 'For example --base dc=example,dc=org.')
  const authority = caFile === undefined ? undefined : await readText(caFile)
  const settings = { ...common, base, ...given({ bindDn, filter, startTls, authority }) }
  return { kind: 'ldap', name, url, secret, settings } as Schemas['NewDirectory']
}

function addTest(command: Command): void {
  command
    .command('test')
    .description('look somebody up in a directory now, and say what happened')
    .argument('<id>')
    .argument('<words...>', 'somebody who is to be found')
    .option('--json', 'print JSON')
    .action(async (id: string, words: string[], options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const params = { path: { id } }
      const told = answer(await api.POST('/api/v1/directories/{id}/test', { params, body: { q: words.join(' ') } }))
      const found = told.people.map(({ entry, name, email }) =>
        printable(`  ${entry}  ${name}  ${email ?? ''}`.trimEnd()),
      )
      terminal.result(told, () =>
        told.answered
          ? [`It answered in ${told.tookMilliseconds} ms: ${told.people.length} found.`, ...found].join('\n')
          : printable(`It did not answer: ${told.why ?? ''}`),
      )
      if (!told.answered) process.exitCode = 1
    })
}

function addAdopt(command: Command): void {
  command
    .command('adopt')
    .description('take a person over: name and address follow the directory from then on')
    .argument('<id>', 'of the directory')
    .argument('<entry>', 'as sutler search --outside shows it')
    .option('--household <ids...>', 'households that the person belongs to')
    .option('--json', 'print JSON')
    .action(async (directory: string, entry: string, options: { household?: string[]; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const body = { from: { directory, entry }, households: options.household ?? [] }
      const made = answer(await api.POST('/api/v1/users', { body }))
      terminal.result(made, () => printable(`${made.id}  ${made.name}`))
    })
}
