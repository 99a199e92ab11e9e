import { migrate, type CompiledModel, type Instance } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'
import { CallerError, type ErrorPlace } from '../../platform/errors.ts'
import { migrationInvalid, unknownModel } from '../errors.ts'
import type { Models } from '../models.ts'
import type { MigrationOrder } from '../store/migrations.ts'

/** Both versions and the map between their states, found to fit. */
export interface MigrationPlan {
  readonly from: CompiledModel
  readonly to: CompiledModel
  readonly states: MigrationOrder['states']
}

/**
 * Checks a migration before anything is touched: both versions are published, every state that the map names exists, and none of
 * the old version's is left without one in the new.
 * @throws CallerError `unknown-model`, `migration-invalid` with a place per mistake
 */
export async function planMigration(models: Models, sql: Sql, order: MigrationOrder): Promise<MigrationPlan> {
  const { model, states } = order
  if (order.from === order.to) {
    const places = [{ pointer: '/to', detail: 'It is the version to move from.' }]
    throw new CallerError(migrationInvalid, `${model}: both versions are ${order.from}.`, { places })
  }
  const from = await publishedIn(models, sql, model, order.from, 'from')
  const to = await publishedIn(models, sql, model, order.to, 'to')
  const places = mistakes(from, to, states)
  if (places.length === 0) return { from, to, states }
  const what = places.map(({ detail }) => detail).join(' ')
  throw new CallerError(migrationInvalid, `${model} from ${order.from} to ${order.to}: ${what}`.slice(0, 2_000), {
    places,
  })
}

async function publishedIn(
  models: Models,
  sql: Sql,
  model: string,
  version: string,
  member: string,
): Promise<CompiledModel> {
  await models.learn(sql, [{ model, version }])
  const published = models.published(model, version)
  if (published) return published.compiled
  const places = [{ pointer: `/${member}`, detail: 'This version is not published.' }]
  throw new CallerError(unknownModel, `${model}@${version} is not published.`, { places })
}

function mistakes(from: CompiledModel, to: CompiledModel, map: MigrationOrder['states']): ErrorPlace[] {
  const places: ErrorPlace[] = []
  const place = (state: string, detail: string): number => places.push({ pointer: pointerOf(state), detail })
  const known = new Set(from.model.states)
  const target = new Set(to.model.states)
  for (const [state, next] of Object.entries(map)) {
    if (!known.has(state)) place(state, `Version ${from.model.version} has no state ${state}.`)
    for (const each of next) if (!target.has(each)) place(state, `Version ${to.model.version} has no state ${each}.`)
  }
  for (const state of known) {
    if (!Object.hasOwn(map, state) && !target.has(state))
      place(state, `State ${state} has none in version ${to.model.version}: name one.`)
  }
  return places
}

function pointerOf(state: string): string {
  return `/states/${state.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** An instance on its new version, or the reasons why it does not move. */
export function moved({ from, to, states }: MigrationPlan, instance: Instance): ReturnType<typeof migrate> {
  return migrate(instance, from, to, states)
}
