import { answer } from '@sutler/client'
import { InvalidArgumentError, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { instanceAddress, modelAddress } from '../instances/instance-address.ts'
import { applyMigration, previewMigration, type Move } from '../instances/migrate.ts'
import { readStateMap } from '../instances/state-map.ts'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'
import { collected } from './options.ts'

interface MigrateOptions {
  readonly from?: string
  readonly to: string
  readonly map?: string
  readonly state?: string[]
  readonly apply?: boolean
  readonly reason?: string
  readonly json?: boolean
}

/** `instance migrate|migrations`. */
export function addInstanceMigrate(instance: Command): void {
  instance
    .command('migrate')
    .description('move running instances to another version: says what would become of them, and does it with --apply')
    .argument(
      '<instances>',
      'one instance, <model>/<id> or its URL; or the name of a model, for all on the old version',
      meant,
    )
    .requiredOption('--to <version>', 'the version to move to')
    .option('--from <version>', 'the version to move from (default, for one instance: its own)')
    .option('--map <file>', 'JSON file: state of the old version → its state, or list of states, in the new one')
    .option('--state <old=new>', 'the same for one state, new ones comma-separated; may be repeated', collected)
    .option('--apply', 'do it, each instance in one transaction; exit status 1 when some could not be moved')
    .option('--reason <text>', 'why; kept in history (with --apply)')
    .option('--json', 'print JSON')
    .action(migrate)
  lists(
    instance.command('migrations').description('list the migrations of a model, newest first').argument('<model>'),
    {
      read: async (api, query, name) =>
        answer(await api.GET('/api/v1/models/{name}/migrations', { params: { path: { name }, query } })),
      columns: {
        id: (m) => m.id,
        from: (m) => m.from,
        to: (m) => m.to,
        state: (m) => m.state,
        moved: (m) => String(m.moved),
        refused: (m) => String(m.refused),
        started: (m) => m.createdAt,
        reason: (m) => m.reason,
      },
    },
  )
}

interface Meant {
  readonly model: string
  readonly id?: string
}

function meant(text: string): Meant {
  if (text.includes('/')) return instanceAddress(text)
  const { model, version } = modelAddress(text)
  if (version !== undefined) throw new InvalidArgumentError(`must be without a version; give it as --from ${version}.`)
  return { model }
}

async function migrate(of: Meant, options: MigrateOptions): Promise<void> {
  const { to, reason, state = [], apply = false, json = false } = options
  if (apply && reason === undefined)
    throw new CommandError('option-invalid', '--apply needs --reason', 'Say why: history keeps it.')
  const states = await readStateMap(options.map, state)
  const session = await openSession(json)
  const move: Move = {
    model: of.model,
    from: options.from ?? (await versionOf(session.api, of)),
    to,
    states,
    ...(of.id !== undefined && { instances: [of.id] }),
  }
  if (apply) await applyMigration(session, move, reason!)
  else await previewMigration(session, move)
}

async function versionOf(api: Awaited<ReturnType<typeof openSession>>['api'], { model, id }: Meant): Promise<string> {
  if (id === undefined)
    throw new CommandError('option-invalid', 'whose version is meant?', 'Give --from, the version to move from.')
  return answer(await api.GET('/api/v1/instances/{model}/{id}', { params: { path: { model, id } } })).version
}
