import { answer, ApiError, pages, type Schemas } from '@sutler/client'
import { CommandError } from '../command-error.ts'
import type { Session } from '../session.ts'
import { counted, printable } from '../terminal.ts'
import type { StateMap } from './state-map.ts'

/** What is to be moved, and how. */
export interface Move {
  readonly model: string
  readonly from: string
  readonly to: string
  readonly states: StateMap
  /** Ids; absent = every running instance of the old version. */
  readonly instances?: string[]
}

type Refusal = Schemas['MigrationRefusal']

/** Reasons printed. */
const shownReasons = 50
/** Between two looks at a migration that runs, and how long it is looked at, milliseconds. */
const pause = 250
const patience = 600_000

/** Says how many instances would move, and which could not, and why. Nothing is changed. */
export async function previewMigration({ api, terminal }: Session, { model, ...body }: Move): Promise<void> {
  let wouldMove = 0
  let refused = 0
  const cannot: Refusal[] = []
  let cursor: string | undefined
  do {
    const params = { path: { name: model }, query: { limit: 200, ...(cursor !== undefined && { cursor }) } }
    const page = answer(await api.POST('/api/v1/models/{name}/migrations/preview', { params, body }).catch(explained))
    wouldMove += page.wouldMove
    refused += page.cannot.length
    cannot.push(...page.cannot.slice(0, shownReasons - cannot.length))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  terminal.result({ wouldMove, refused, cannot }, () =>
    [
      `${counted(wouldMove, 'instance')} would move from ${model} ${body.from} to ${body.to}, ${refused} could not`,
      ...cannot.map(refusalText),
    ].join('\n'),
  )
  if (wouldMove > 0) terminal.remark('Nothing is moved yet: --apply --reason TEXT does it.')
}

/** Moves them, and says which could not be moved, and why. @throws CommandError `still-running` */
export async function applyMigration(session: Session, { model, ...body }: Move, reason: string): Promise<void> {
  const { api, terminal } = session
  const params = { path: { name: model } }
  const wanted = { ...body, reason }
  const begun = answer(await api.POST('/api/v1/models/{name}/migrations', { params, body: wanted }).catch(explained))
  const migration = await ended(session, begun)
  const path = { name: model, id: migration.id }
  const refusals = pages(async (cursor) =>
    answer(
      await api.GET('/api/v1/models/{name}/migrations/{id}/refusals', {
        params: { path, query: { limit: shownReasons, ...(cursor !== undefined && { cursor }) } },
      }),
    ),
  )
  const cannot: Refusal[] = []
  for await (const refusal of refusals) if (cannot.push(refusal) >= shownReasons) break
  const { moved, refused, state } = migration
  terminal.result({ ...migration, cannot }, () =>
    [
      `${counted(moved, 'instance')} moved from ${model} ${body.from} to ${body.to}, ${refused} could not${state === 'cancelled' ? '; it was cancelled' : ''}`,
      ...cannot.map(refusalText),
    ].join('\n'),
  )
  if (refused > 0 || state === 'cancelled') process.exitCode = 1
}

/** Says what to do in words of the command line. */
function explained(error: unknown): never {
  if (!(error instanceof ApiError) || error.code !== 'migration-invalid') throw error
  const { code, title, status, message: detail, places: errors } = error
  const remedy = 'Say what becomes of states that the new version lacks: --state OLD=NEW, or a file with --map.'
  throw new ApiError({ type: `/problems/${code}`, title, status, detail, errors, remedy }, { cause: error })
}

async function ended({ api, terminal }: Session, begun: Schemas['Migration']): Promise<Schemas['Migration']> {
  const { model: name, id } = begun
  const deadline = performance.now() + patience
  let told = 0
  for (let now = begun; ;) {
    if (now.state !== 'running') return now
    if (performance.now() > deadline)
      throw new CommandError(
        'still-running',
        `the migration ${id} still runs: ${now.moved} moved, ${now.refused} could not`,
        `The hub goes on with it; sutler instance migrations ${name} says how far it is.`,
        undefined,
        1,
      )
    await new Promise((resolve) => setTimeout(resolve, pause))
    now = answer(await api.GET('/api/v1/models/{name}/migrations/{id}', { params: { path: { name, id } } }))
    if (now.moved + now.refused < told + 1_000) continue
    told = now.moved + now.refused
    terminal.remark(`${now.moved} moved, ${now.refused} could not …`)
  }
}

function refusalText({ instance, reasons }: Refusal): string {
  return printable(`  ${instance}: ${reasons.join('; ')}`)
}
