import { answer, type Schemas } from '@sutler/client'
import { Argument, Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import { tableOf } from '../terminal.ts'

type Definition = Schemas['AttributeDefinition']
type Kind = Definition['kind']

const kinds = ['device', 'user', 'household'] as const
const types = ['string', 'number', 'boolean', 'date', 'enum'] as const

/** `attribute list|define|show|remove`: what operators say of entities, in words of the tenant's own. */
export function addAttributes(program: Command): void {
  const attribute = program.command('attribute').description('attributes of devices, people and households of your own')
  attribute
    .command('list')
    .description('list the attributes that are defined')
    .addOption(new Option('--kind <kind>', 'only those of this kind').choices(kinds))
    .option('--json', 'print JSON')
    .action(async ({ json, ...query }: { json?: boolean; kind?: Kind }) => {
      const { api, terminal } = await openSession(json === true)
      const { items } = answer(await api.GET('/api/v1/attributes', { params: { query } }))
      terminal.result(items, () => tableOf(items, columns))
    })
  addDefine(attribute)
  named(attribute.command('show').description('show a definition, and how many do not fit it')).action(
    async (kind: Kind, name: string, { json }: { json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const path = { kind, name }
      const found = answer(await api.GET('/api/v1/attributes/{kind}/{name}', { params: { path } }))
      terminal.result(found, () => `${tableOf([found], columns)}\n${fitText(found)}`)
    },
  )
  named(attribute.command('remove').description('remove a definition; values stay until they are taken away')).action(
    async (kind: Kind, name: string, { json }: { json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const path = { kind, name }
      const gone = answer(await api.DELETE('/api/v1/attributes/{kind}/{name}', { params: { path } }))
      terminal.result(gone, () => `${kind}.${name} is not defined any more; ${gone.holders} still have a value.`)
    },
  )
}

function named(command: Command): Command {
  return command.addArgument(new Argument('<kind>').choices(kinds)).argument('<name>').option('--json', 'print JSON')
}

interface Options {
  readonly required?: boolean
  readonly description?: string
  readonly minimum?: string
  readonly maximum?: string
  readonly integer?: boolean
  readonly maxLength?: string
  readonly values?: string[]
  readonly json?: boolean
}

function addDefine(attribute: Command): void {
  attribute
    .command('define')
    .description('define an attribute, or define it anew')
    .addArgument(new Argument('<kind>').choices(kinds))
    .argument('<name>', 'letters, digits and _')
    .addArgument(new Argument('<type>').choices(types))
    .option('--required', 'whoever changes attributes must leave one')
    .option('--description <text>', 'what it means')
    .option('--minimum <value>', 'of a number, or a date such as 2026-01-31')
    .option('--maximum <value>', 'of a number or date')
    .option('--integer', 'of a number: whole ones only')
    .option('--max-length <n>', 'of a string, characters')
    .option('--values <values...>', 'of an enum: all that it can be')
    .option('--json', 'print JSON')
    .action(async (kind: Kind, name: string, type: Definition['type'], options: Options) => {
      const { api, terminal } = await openSession(options.json === true)
      const { minimum, maximum, maxLength, json: _json, ...rest } = options
      const body = {
        type,
        ...rest,
        ...(minimum !== undefined && { minimum: boundOf(type, minimum) }),
        ...(maximum !== undefined && { maximum: boundOf(type, maximum) }),
        ...(maxLength !== undefined && { maxLength: numberOf(maxLength) }),
      }
      const params = { path: { kind, name } }
      const headers = { 'If-Match': '*' }
      const made = answer(await api.PUT('/api/v1/attributes/{kind}/{name}', { params, headers, body }))
      terminal.result(made, () => fitText(made))
    })
}

function boundOf(type: Definition['type'], text: string): number | string {
  return type === 'number' ? numberOf(text) : text
}

function numberOf(text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && Number.isFinite(number)) return number
  throw new CommandError('option-invalid', `${text} is no number`, 'Write it like 40 or 2.5.')
}

function fitText({ kind, name, misfits }: Schemas['AttributeWithMisfits']): string {
  return misfits === 0
    ? `${kind}.${name} fits all.`
    : `${kind}.${name} does not fit ${misfits}: change them, or the definition.`
}

const columns = {
  kind: (a: Definition) => a.kind,
  name: (a: Definition) => a.name,
  type: (a: Definition) => a.type,
  required: (a: Definition) => (a.required ? 'yes' : 'no'),
  takes: (a: Definition) =>
    [
      a.minimum === undefined ? '' : `from ${a.minimum}`,
      a.maximum === undefined ? '' : `to ${a.maximum}`,
      a.integer === true ? 'whole' : '',
      a.maxLength === undefined ? '' : `up to ${a.maxLength} characters`,
      a.values?.join(', ') ?? '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  description: (a: Definition) => a.description,
}
