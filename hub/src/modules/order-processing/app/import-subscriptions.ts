import { z } from 'zod'
import type { Decision, Principal } from '../../../platform/access.ts'
import { storableText } from '../../../platform/storable-text.ts'
import {
  entityId,
  externalId,
  failed,
  failure,
  type Importer,
  type ImportLine,
  type LineResult,
} from '../../entity-management/index.ts'
import type { PlaceOrder } from './create-order.ts'
import type { OrderDependencies } from './dependencies.ts'

/** One line of an import of subscriptions. */
export const importedSubscription = z
  .strictObject({
    externalId: externalId
      .optional()
      .describe('Your own key of the subscription: the line can come again and changes nothing.'),
    household: entityId.optional().describe('Id of the household.'),
    householdExternalId: externalId.optional().describe('Or your own key of it, as an import of devices told it.'),
    service: storableText(64).min(1),
    version: storableText(64).min(1).optional(),
    channel: z.enum(['stable', 'beta', 'alpha']).optional(),
  })
  .refine(
    ({ household, householdExternalId }) => (household === undefined) !== (householdExternalId === undefined),
    'Say the household by `household` or by `householdExternalId`.',
  )
type Imported = z.output<typeof importedSubscription>

/** Orders under way at the same time: they share commits. */
const together = 50

/** Each line is an order to add one service to one household, asked for by whoever imports. */
export function subscriptionImporter(
  { entities, database }: Pick<OrderDependencies, 'entities' | 'database'>,
  place: PlaceOrder,
  by: Principal,
  decision: Decision,
): Importer<Imported> {
  const { tenant, id, kind, name } = by
  const { imports } = entities
  const origin = { kind, id, name, cause: null } as const

  const order = async ({ value }: ImportLine<Imported>, household: string): Promise<LineResult> => {
    const { externalId: key, service, version, channel } = value
    const item = { action: 'add', service, ...(version && { version }), ...(channel && { channel }) } as const
    const reference = key === undefined ? {} : { reference: key }
    try {
      const made = await place(
        { tenant, origin, decision },
        { household, items: [item], ...reference },
        async (tx, written) => {
          if (key !== undefined)
            await imports.remember(tx.sql, tenant, 'subscriptions', new Map([[key, written.order.id]]))
        },
      )
      return { status: 'created', id: made.order.id, household, service }
    } catch (error) {
      return failed(error)
    }
  }

  return {
    kind: 'subscriptions',
    schema: importedSubscription,
    async take(lines) {
      const keys = (name: 'externalId' | 'householdExternalId') => lines.flatMap(({ value }) => value[name] ?? [])
      const before = await imports.subjects(database.sql, tenant, 'subscriptions', keys('externalId'))
      const households = await imports.subjects(database.sql, tenant, 'household', keys('householdExternalId'))
      const first = new Map(
        lines.map((line) => [line.value.externalId ?? line, line]).toReversed() as [unknown, unknown][],
      )
      const results = new Map<ImportLine<Imported>, LineResult | Promise<LineResult>>()
      for (let at = 0; at < lines.length; at += together) {
        const group = lines.slice(at, at + together)
        for (const line of group) {
          const { externalId: key, household, householdExternalId } = line.value
          const known = key === undefined ? undefined : before.get(key)
          const where = household ?? households.get(householdExternalId ?? '')
          if (known !== undefined) results.set(line, { status: 'unchanged', id: known })
          else if (first.get(key ?? line) !== line)
            results.set(
              line,
              failure('repeated-key', `The key ${key} is in another line nearby, too; the first counts.`),
            )
          else if (where === undefined)
            results.set(
              line,
              failure('unknown-household', `There is no household with the key ${householdExternalId}.`),
            )
          else results.set(line, order(line, where))
        }
        await Promise.all(group.map((line) => results.get(line)))
      }
      return Promise.all(lines.map((line) => results.get(line)!))
    },
  }
}
