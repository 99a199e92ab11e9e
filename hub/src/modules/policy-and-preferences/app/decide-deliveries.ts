import type { Sql } from '../../../platform/database.ts'
import { preferencesDocument, type PreferencesDocument } from '../contract.ts'
import { decide, type PolicyDecision } from '../domain/decide.ts'
import type { PolicyDependencies } from './dependencies.ts'

/** A delivery that is about to be offered. */
export interface DeliveryQuestion {
  readonly device: string
  readonly household: string
}

/** Decides for many deliveries at once: preferences, devices and households are read in one statement each. */
export async function decideDeliveries(
  deps: Pick<PolicyDependencies, 'clock' | 'entities'>,
  sql: Sql,
  questions: readonly DeliveryQuestion[],
): Promise<PolicyDecision[]> {
  const devices = [...new Set(questions.map((question) => question.device))]
  const households = [...new Set(questions.map((question) => question.household))]
  const preferences = new Map(
    (
      await deps.entities.preferences(
        [
          ...households.map((id) => ({ kind: 'household', id }) as const),
          ...devices.map((id) => ({ kind: 'device', id }) as const),
        ],
        sql,
      )
    ).map(({ kind, id, document }) => [`${kind}/${id}`, readDocument(document)]),
  )
  // Without preferences nothing depends on the time zone: the common case stays at one statement.
  const zones = preferences.size === 0 ? noZones : await readZones(deps, sql, devices, households)
  const now = deps.clock.now()
  return questions.map(({ device, household }) =>
    decide({
      now,
      deviceTimeZone: zones.devices.get(device) ?? null,
      householdTimeZone: zones.households.get(household) ?? 'UTC',
      sources: {
        household: preferences.get(`household/${household}`) ?? {},
        device: preferences.get(`device/${device}`) ?? {},
      },
    }),
  )
}

interface Zones {
  readonly devices: ReadonlyMap<string, string>
  readonly households: ReadonlyMap<string, string>
}

const noZones: Zones = { devices: new Map(), households: new Map() }

async function readZones(
  deps: Pick<PolicyDependencies, 'entities'>,
  sql: Sql,
  devices: readonly string[],
  households: readonly string[],
): Promise<Zones> {
  const [known, homes] = await Promise.all([
    deps.entities.devices(devices, sql),
    deps.entities.households(households, sql),
  ])
  return {
    devices: new Map(
      known.flatMap((device) =>
        device.capabilities === null ? [] : [[device.id, device.capabilities.timeZone] as const],
      ),
    ),
    households: new Map(homes.map((household) => [household.id, household.timeZone])),
  }
}

/** Stored documents were checked when they were written; one from an older version that no longer fits counts as empty. */
export function readDocument(document: unknown): PreferencesDocument {
  const parsed = preferencesDocument.safeParse(document)
  return parsed.success ? parsed.data : {}
}
