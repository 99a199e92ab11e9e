import { answer } from '@sutler/client'
import { Argument, Option, type Command } from 'commander'
import { jsonObjectOf } from '../json-option.ts'
import { readText } from '../read-text.ts'
import { openSession } from '../session.ts'
import { tableOf } from '../terminal.ts'

const kinds = ['tenant', 'household', 'user', 'device'] as const
type Kind = (typeof kinds)[number]

/** `preference show|set|effective|why`. */
export function addPreferences(program: Command): void {
  const preference = program
    .command('preference')
    .description('when and what may be delivered: quiet hours, windows, metered links, updates, limits')
  addShow(preference)
  addSet(preference)
  addEffective(preference)
  addWhy(preference)
}

function about(command: Command): Command {
  return command.addArgument(new Argument('<kind>', 'whose').choices(kinds)).argument('<id>')
}

function addShow(preference: Command): void {
  about(preference.command('show').description('show what somebody has set'))
    .option('--json', 'print JSON')
    .action(async (kind: Kind, id: string, { json }: { json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const found = answer(await api.GET('/api/v1/preferences/{kind}/{id}', { params: { path: { kind, id } } }))
      terminal.result(found, () => JSON.stringify(found.preferences, null, 2))
    })
}

function addSet(preference: Command): void {
  about(preference.command('set').description('replace what somebody has set'))
    .argument('<document>', 'JSON, or @file with it')
    .option('--json', 'print JSON')
    .action(async (kind: Kind, id: string, document: string, { json }: { json?: boolean }) => {
      // The hub checks it and says what is wrong where.
      const body: object = jsonObjectOf('the document', await textOf(document))
      const { api, terminal } = await openSession(json === true)
      const set = answer(await api.PUT('/api/v1/preferences/{kind}/{id}', { params: { path: { kind, id } }, body }))
      const said = Object.keys(set.preferences).join(', ') || 'nothing'
      terminal.result(set, () => `${kind} ${id} now says: ${said}.`)
    })
}

function addEffective(preference: Command): void {
  preference
    .command('effective')
    .description('show what holds for a household or one of its devices, and who decided it')
    .argument('<household>')
    .option('--device <id>', 'for this device')
    .option('--service <id>', 'with the channel of this service')
    .option('--json', 'print JSON')
    .action(async (id: string, { json, ...query }: { json?: boolean; device?: string; service?: string }) => {
      const { api, terminal } = await openSession(json === true)
      const params = { path: { id }, query }
      const found = answer(await api.GET('/api/v1/households/{id}/preferences/effective', { params }))
      const zone = `Times are those of ${found.timeZone.name} (${found.timeZone.source}).`
      const channel = found.channel === null ? '' : `\n${query.service} comes from the channel ${found.channel}.`
      const table = tableOf(found.matters, {
        matter: (m) => m.matter,
        value: (m) => (m.source === 'default' ? '-' : JSON.stringify(m.value)),
        'decided by': (m) => (m.binding ? `${m.source} (binding)` : m.source),
        'without effect': (m) => m.overridden.join(', '),
      })
      terminal.result(found, () => `${table}\n${zone}${channel}`)
    })
}

function addWhy(preference: Command): void {
  preference
    .command('why')
    .description('explain whether a delivery to a device would go now, rule by rule')
    .argument('<device>')
    .option('--service <id>', 'of this service')
    .addOption(
      new Option('--origin <kind>', 'ordered by').choices(['person', 'system', 'policy', 'campaign']).default('person'),
    )
    .option('--json', 'print JSON')
    .action(async (id: string, { json, ...query }: { json?: boolean; service?: string; origin: 'person' }) => {
      const { api, terminal } = await openSession(json === true)
      const found = answer(await api.GET('/api/v1/devices/{id}/policy', { params: { path: { id }, query } }))
      const until = found.until === null ? '' : ` until ${found.until}`
      const table = tableOf(found.rules, {
        rule: (r) => r.rule,
        verdict: (r) => r.verdict,
        source: (r) => r.source,
        detail: (r) => r.detail,
      })
      terminal.result(found, () => `${found.verdict}${until}: ${found.why}\n${table}`)
    })
}

/** @throws CommandError `file-unreadable`, `file-too-large` */
async function textOf(document: string): Promise<string> {
  return document.startsWith('@') ? readText(document.slice(1)) : document
}
