import { basename, resolve } from 'node:path'
import { ApiError, answer, type SutlerClient } from '@sutler/client'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { checkSource, type SourceFinding } from '../service/check-source.ts'
import { fleetFitOf, fleetFitText } from '../service/fleet-fit.ts'
import { writeScaffold } from '../service/scaffold.ts'
import { readServiceSource, type ServiceSource } from '../service-source.ts'
import { readLogin } from '../saved-login.ts'
import { openSession, type Session } from '../session.ts'
import { byteText, counted, createTerminal, painted, printable } from '../terminal.ts'
import { collected } from './options.ts'

/** `service init|validate`: a service as it lies here. */
export function addServiceSource(service: Command): void {
  addInit(service)
  service
    .command('validate')
    .description('say what is wrong with a service’s source, and where; asks the hub you are logged in to, too')
    .argument('[directory]', 'with a service.json', '.')
    .addOption(new Option('--offline', 'ask no hub').conflicts('hub'))
    .option('--hub', 'have the hub count the devices of its fleet that each component would fit; nothing is published')
    .option('--strict', 'warnings count, too')
    .option('--json', 'print JSON')
    .action(validate)
}

interface InitOptions {
  readonly id?: string
  readonly title?: string
  readonly class?: readonly string[]
  readonly json?: boolean
}

function addInit(service: Command): void {
  service
    .command('init')
    .description('make the source of a new service: a service.json, a component per device class, a health check')
    .argument('<directory>', 'new, or empty')
    .option('--id <id>', 'id of the service (default: the directory’s name)')
    .option('--title <title>', 'for people (default: the id)')
    .option('--class <class>', 'device class; repeat it (default: gateway)', collected)
    .option('--json', 'print JSON')
    .action(async (directory: string, options: InitOptions) => {
      const id = options.id ?? basename(resolve(directory))
      const title = options.title ?? id
      const classes = [...new Set(options.class ?? ['gateway'])]
      const files = await writeScaffold(directory, { id, title, classes })
      createTerminal(options.json === true).result({ id, directory: resolve(directory), files }, () =>
        printable(`${id} is in ${directory}: ${files.join(', ')}`).concat(
          `\nNext: sutler service validate ${directory}, then sutler try ${directory}`,
        ),
      )
    })
}

interface ValidateOptions {
  readonly offline?: boolean
  readonly hub?: boolean
  readonly strict?: boolean
  readonly json?: boolean
}

async function validate(directory: string, options: ValidateOptions): Promise<void> {
  const source = await readServiceSource(directory)
  const found = await checkSource(resolve(directory), source)
  const asks = options.hub === true || (options.offline !== true && (await readLogin()) !== null)
  const asked = asks ? await openSession(false) : null
  if (asked !== null) found.push(...(await hubFindings(asked.api, resolve(directory), source)))
  const errors = found.filter(({ severity }) => severity === 'error').length
  const warnings = found.length - errors
  if (errors > 0 || (options.strict === true && warnings > 0)) process.exitCode = 2
  const fleet = options.hub === true && asked !== null && errors === 0 ? await judged(asked, source) : null
  const { id, composition } = source
  const { version, components } = composition
  const about = { id, version, valid: errors === 0, findings: found, asked: asked?.connection.hub ?? null }
  const value = fleet === null ? about : { ...about, fleet }
  createTerminal(options.json === true).result(value, () => {
    const files = components.reduce((sum, component) => sum + component.files.length, 0)
    const bytes = components.reduce((sum, each) => sum + each.files.reduce((all, { size }) => all + size, 0), 0)
    const size = `${counted(files, 'file')} in ${counted(components.length, 'component')}, ${byteText(bytes)}`
    const where = asked === null ? 'no hub was asked' : `${asked.connection.hub} was asked`
    const verdict = errors === 0 ? 'can be published' : `cannot be published: ${counted(errors, 'error')}`
    const more = warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`
    const verdictLine = `${id} ${version} ${verdict}${more}. ${size}; ${where}.`
    return [...found.map(findingText), verdictLine, ...(fleet === null ? [] : [fleetFitText(fleet)])].join('\n')
  })
}

function judged({ api, terminal }: Session, source: ServiceSource) {
  return fleetFitOf(api, source, (devices) => terminal.remark(`  ${devices} devices looked at`))
}

/** One finding as compilers write them, so that editors and terminals jump to it. */
export function findingText({ severity, place, detail, remedy }: SourceFinding): string {
  const word = severity === 'error' ? painted('red', 'error') : painted('yellow', 'warning')
  return `${printable(place)}: ${word}: ${printable(detail)}\n  ${printable(remedy)}`
}

/** Refuses a source with errors before anything is sent. @throws CommandError `source-wrong` */
export async function requireValid(directory: string, source: ServiceSource): Promise<void> {
  const errors = (await checkSource(resolve(directory), source)).filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return
  const places = errors.map(({ place, detail }) => ({ pointer: place, detail }))
  const message = `${source.id} ${source.composition.version} has ${counted(errors.length, 'mistake')}; nothing was sent`
  throw new CommandError(
    'source-wrong',
    message,
    'Correct each place; sutler service validate says more.',
    undefined,
    2,
    places,
  )
}

/** What only a hub knows: what is published already, and what the version needs of others. */
async function hubFindings(api: SutlerClient, directory: string, source: ServiceSource): Promise<SourceFinding[]> {
  const { id, composition } = source
  const file = `${directory}/service.json`
  const found: SourceFinding[] = []
  const version = await orNull(
    api.GET('/api/v1/services/{service}/versions/{version}', versionOf(id, composition.version)),
  )
  if (version !== null)
    found.push({
      severity: 'warning',
      place: file,
      detail: `${id} ${composition.version} is published already (${answer(version).state})`,
      remedy: 'The same content again is fine; other content needs a new version.',
    })
  for (const { kind, service, range } of composition.relations) {
    if (kind === 'conflicts' || kind === 'replaces' || service === id) continue
    const known = await orNull(api.GET('/api/v1/services/{service}', { params: { path: { service } } }))
    if (known === null)
      found.push({
        severity: 'warning',
        place: file,
        detail: `it ${kind} ${service} ${range}, and there is no such service at the hub`,
        remedy: 'Publish that one first: until then nobody can order this.',
      })
  }
  return found
}

function versionOf(service: string, version: string) {
  return { params: { path: { service, version } } }
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}
