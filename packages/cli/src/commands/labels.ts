import { answer, type SutlerClient } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { pairsOf } from '../json-option.ts'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

/** As paths of the API name them. */
type Kind = 'devices' | 'users' | 'households'

/** `tag|set|note|notes|history`: what operators say of an entity, and what it was. */
export function addLabels(command: Command, kind: Kind, noun: string): void {
  addTag(command, kind, noun)
  addSet(command, kind, noun)
  addNote(command, kind, noun)
  lists(command.command('notes').description(`list the notes on a ${noun}, newest first`).argument('<id>'), {
    read: async (api, query, id) =>
      answer(await api.GET(`/api/v1/${kind}/{id}/notes`, { params: { path: { id }, query } })),
    columns: {
      id: (n) => n.id,
      at: (n) => n.createdAt,
      by: (n) => n.author.name ?? n.author.id,
      text: (n) => n.text.replaceAll('\n', ' / '),
    },
  })
  lists(command.command('history').description(`list what changed of a ${noun}, newest first`).argument('<id>'), {
    read: async (api, query, id) =>
      answer(await api.GET(`/api/v1/${kind}/{id}/history`, { params: { path: { id }, query } })),
    columns: {
      at: (h) => h.at,
      owner: (h) => h.owner,
      by: (h) => h.by?.name ?? h.by?.id ?? '',
      changes: (h) =>
        h.changes.map(({ name, before, after }) => `${name}: ${shown(before)} → ${shown(after)}`).join('; '),
    },
  })
}

function addTag(command: Command, kind: Kind, noun: string): void {
  command
    .command('tag')
    .description(`give a ${noun} tags, or take some away; without any it shows them`)
    .argument('<id>')
    .argument('[tags...]')
    .option('--remove <tags...>', 'take these away')
    .option('--json', 'print JSON')
    .action(async (id: string, added: string[], { remove = [], json }: { remove?: string[]; json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const { tags, version } = await current(api, kind, id)
      const wanted = [...new Set([...tags, ...added])].filter((tag) => !remove.includes(tag))
      const changing = added.length + remove.length > 0
      const now = changing ? await change(api, kind, id, version, { tags: wanted }) : { tags }
      terminal.result(now.tags, () => (now.tags.length === 0 ? `${id} has no tags.` : now.tags.join(' ')))
    })
}

function addSet(command: Command, kind: Kind, noun: string): void {
  command
    .command('set')
    .description(`set attributes of a ${noun}: name=value, name= takes one away`)
    .argument('<id>')
    .argument('<values...>', 'for example floor=3 wing=north')
    .option('--json', 'print JSON')
    .action(async (id: string, values: string[], { json }: { json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const { version } = await current(api, kind, id)
      const now = await change(api, kind, id, version, { attributes: attributesOf(values) })
      terminal.result(now.attributes, () => pairs(now.attributes) || `${id} has no attributes.`)
    })
}

function addNote(command: Command, kind: Kind, noun: string): void {
  command
    .command('note')
    .description(`write a note on a ${noun}, or delete one`)
    .argument('<id>')
    .argument('[text]')
    .option('--delete <note>', 'delete this one')
    .option('--json', 'print JSON')
    .action(async (id: string, text: string | undefined, options: { delete?: string; json?: boolean }) => {
      if ((text === undefined) === (options.delete === undefined))
        throw new CommandError(
          'option-invalid',
          'a note has a text, or is deleted',
          'Give the text, or --delete <note>.',
        )
      const { api, terminal } = await openSession(options.json === true)
      if (text === undefined) {
        const path = { id, note: options.delete! }
        await api.DELETE(`/api/v1/${kind}/{id}/notes/{note}`, { params: { path } })
        return terminal.result({ note: path.note, deleted: true }, () => `${path.note} is deleted.`)
      }
      const made = answer(await api.POST(`/api/v1/${kind}/{id}/notes`, { params: { path: { id } }, body: { text } }))
      terminal.result(made, () => `${made.id}  ${made.createdAt}`)
    })
}

type Value = string | number | boolean
interface LabelsChange {
  readonly tags?: string[]
  readonly attributes?: Record<string, Value | null>
}

/** What it has, and the version that a change is to be based on. */
async function current(api: SutlerClient, kind: Kind, id: string) {
  const found = await api.GET(`/api/v1/${kind}/{id}`, { params: { path: { id } } })
  return { tags: answer(found).tags, version: found.response.headers.get('etag') ?? '*' }
}

async function change(api: SutlerClient, kind: Kind, id: string, version: string, body: LabelsChange) {
  const headers = { 'If-Match': version }
  return answer(await api.PATCH(`/api/v1/${kind}/{id}`, { params: { path: { id } }, headers, body }))
}

/** @throws CommandError `option-invalid` */
export function attributesOf(values: readonly string[]): Record<string, Value | null> {
  const given = Object.entries(pairsOf('the attribute', values))
  return Object.fromEntries(
    given.map(([name, value]) => {
      if (value === '' || value === null) return [name, null]
      if (typeof value !== 'object') return [name, value]
      throw new CommandError('option-invalid', `${name} is not one value`, 'Write it like floor=3.')
    }),
  )
}

function pairs(attributes: Readonly<Record<string, Value>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
}

function shown(value: unknown): string {
  if (value === null) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
