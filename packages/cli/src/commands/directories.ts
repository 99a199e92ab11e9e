import { answer, type Schemas } from '@sutler/client'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { given } from '../given.ts'
import { readText } from '../read-text.ts'
import { openSession } from '../session.ts'
import { printable } from '../terminal.ts'
import { lists } from './lists.ts'

/** What is said of a directory when it is added and when it is changed. */
interface SettingOptions {
  readonly base?: string
  readonly bindDn?: string
  readonly secretFile?: string
  readonly filter?: string
  readonly startTls?: boolean
  readonly caFile?: string
  readonly id?: string
  readonly personName?: string
  readonly email?: string
  readonly items?: string
  readonly entryUrl?: string
  readonly timeout?: number
  readonly cache?: number
  readonly json?: boolean
}

interface AddOptions extends SettingOptions {
  readonly name: string
}

interface ChangeOptions extends SettingOptions {
  readonly name?: string
  readonly url?: string
  readonly disable?: boolean
  readonly enable?: boolean
}

/** `directory add|change|list|test|adopt|remove`: where people are looked up outside. */
export function addDirectories(program: Command): void {
  const command = program.command('directory').description('directories of people outside, by LDAP or HTTP')
  addAdd(command)
  addChange(command)
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

function withSettings(command: Command): Command {
  return command
    .option('--base <dn>', 'LDAP: where it begins to look, for example ou=people,dc=example,dc=org')
    .option('--bind-dn <dn>', 'LDAP: who binds, with the secret')
    .option('--secret-file <file>', 'file with the password of who binds, or with the bearer token')
    .option('--filter <filter>', 'LDAP: RFC 4515, with {q} where what is looked for goes')
    .option('--start-tls', 'LDAP: go over to TLS before anything is said')
    .option('--ca-file <file>', 'LDAP: certificate of who signs that of the directory, PEM')
    .option('--items <pointer>', 'HTTP: JSON pointer to the list in the answer')
    .option('--entry-url <url>', 'HTTP: address of one entry, its id at {id}')
    .addOption(new Option('--id <attribute>', 'names an entry for good: attribute, dn, or JSON pointer'))
    .option('--person-name <attribute>', 'what an entry’s name is in: attribute or JSON pointer')
    .option('--email <attribute>', 'what its e-mail address is in; "" = entries have none')
    .addOption(new Option('--timeout <seconds>', 'for one look-up (default: 2)').argParser(Number))
    .addOption(new Option('--cache <seconds>', 'how long an answer is believed (default: 60)').argParser(Number))
    .option('--json', 'print JSON')
}

function addAdd(command: Command): void {
  const add = command
    .command('add')
    .description('have people looked up in a directory')
    .argument('<url>', 'ldaps://host, ldap://host, or https://… with {q} where what is looked for goes')
    .requiredOption('--name <name>', 'what the search calls it')
  withSettings(add).action(async (url: string, options: AddOptions) => {
    const { api, terminal } = await openSession(options.json === true)
    const body = await directoryOf(url, options)
    const made = answer(await api.POST('/api/v1/directories', { body }))
    terminal.result(made, () => `${made.id}  ${made.name}\nTry it: sutler directory test ${made.id} <somebody>`)
  })
}

function addChange(command: Command): void {
  const change = command
    .command('change')
    .description('change a directory; what is left out stays')
    .argument('<id>')
    .option('--name <name>', 'what the search calls it')
    .option('--url <url>', 'where it is')
    .option('--disable', 'no search looks in it')
    .option('--enable', 'searches look in it again')
  withSettings(change).action(async (id: string, options: ChangeOptions) => {
    const { api, terminal } = await openSession(options.json === true)
    const params = { path: { id } }
    const read = await api.GET('/api/v1/directories/{id}', { params })
    const { name, url, disable, enable } = options
    const settings = await settingsOf(options)
    const body = {
      ...given({ name, url, secret: await secretOf(options) }),
      ...(Object.keys(settings).length === 0 ? {} : { settings }),
      ...(disable === true ? { disabled: true } : enable === true ? { disabled: false } : {}),
    }
    const headers = { 'if-match': read.response.headers.get('etag') ?? '*' }
    const changed = answer(await api.PATCH('/api/v1/directories/{id}', { params, headers, body }))
    terminal.result(changed, () => printable(`${changed.id}  ${changed.name} is changed.`))
  })
}

async function directoryOf(url: string, options: AddOptions): Promise<Schemas['NewDirectory']> {
  const { name, base } = options
  const kind = /^https?:/i.test(url) ? 'http' : 'ldap'
  if (kind === 'ldap' && base === undefined)
    throw new CommandError('option-invalid', 'an LDAP directory needs --base', 'For example --base dc=example,dc=org.')
  const secret = (await secretOf(options)) ?? null
  return { kind, name, url, secret, settings: await settingsOf(options) } as Schemas['NewDirectory']
}

async function secretOf({ secretFile }: SettingOptions): Promise<string | undefined> {
  return secretFile === undefined ? undefined : (await readText(secretFile)).trim()
}

/** Those that were said. */
async function settingsOf(options: SettingOptions) {
  const { id, personName: name, email, timeout, cache, caFile } = options
  const { base, bindDn, filter, startTls, items, entryUrl } = options
  const authority = caFile === undefined ? undefined : await readText(caFile)
  const attributes = given({ id, name, email: email === '' ? null : email })
  return given({
    base,
    bindDn,
    filter,
    startTls,
    authority,
    items,
    entryUrl,
    attributes: Object.keys(attributes).length === 0 ? undefined : attributes,
    timeoutSeconds: timeout,
    cacheSeconds: cache,
  })
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
