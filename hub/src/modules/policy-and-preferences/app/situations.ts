import type { Sql } from '../../../platform/database.ts'
import type { Device } from '../../entity-management/index.ts'
import type { PreferencesDocument } from '../contract.ts'
import { everyWord, resolve, type Sources } from '../domain/preferences/matters.ts'
import { zoneOf } from '../domain/preferences/zone-of.ts'
import { consentKey, type ConsentState, type Facts, type ServiceFacts, type Situation } from '../domain/situation.ts'
import { monthAt } from '../domain/windows/months.ts'
import type { PolicyDependencies } from './dependencies.ts'
import { readSources, type SourcesOf } from './preferences/read-sources.ts'
import type { DeliveryQuestion } from './question.ts'

export type SituationDependencies = Pick<PolicyDependencies, 'clock' | 'entities' | 'definitions' | 'storage'> & {
  readonly factsOf: (deliveries: readonly string[]) => Promise<ReadonlyMap<string, Facts>>
}

const unknownFacts: Facts = { kind: 'install', service: null, version: null, bytes: 0, priority: 4, origin: 'person' }

/**
 * What the rules need of each question. Everything is read in one statement for all, and only what a document that somebody has
 * written makes matter: without any preferences it is the one statement that looks for them.
 */
export async function readSituations(
  deps: SituationDependencies,
  sql: Sql,
  questions: readonly DeliveryQuestion[],
): Promise<Situation[]> {
  const now = deps.clock.now()
  const sourcesOf = await readSources(deps.entities, sql, questions)
  if (sourcesOf === null) return questions.map((question) => plain(now, question))
  const known = await readKnown(deps, sql, questions, sourcesOf)
  const situations = questions.map((question, index) => situationOf(now, question, sourcesOf(question), known, index))
  return withMeteredUse(deps, sql, questions, situations)
}

/** Nobody has said anything. */
function plain(now: number, question: DeliveryQuestion): Situation {
  return {
    now,
    sources: {},
    zone: { name: 'UTC', source: 'default' },
    delivery: question.facts ?? { ...unknownFacts, service: question.service },
    network: null,
    meteredThisMonth: 0,
    service: null,
    consents: new Map(),
  }
}

interface Known {
  readonly facts: readonly Facts[]
  readonly devices: ReadonlyMap<string, Device>
  readonly zones: ReadonlyMap<string, string>
  readonly services: ReadonlyMap<string, ServiceFacts>
  readonly consents: ReadonlyMap<string, ReadonlyMap<string, ConsentState>>
}

async function readKnown(
  deps: SituationDependencies,
  sql: Sql,
  questions: readonly DeliveryQuestion[],
  sourcesOf: SourcesOf,
): Promise<Known> {
  const households = [...new Set(questions.map(({ household }) => household))]
  const unknown = questions.flatMap(({ delivery, facts }) => (delivery === null || facts ? [] : [delivery]))
  const [devices, homes, facts] = await Promise.all([
    deps.entities.devices([...new Set(questions.map(({ device }) => device))], sql),
    deps.entities.households(households, sql),
    unknown.length === 0 ? new Map<string, Facts>() : deps.factsOf(unknown),
  ])
  const all = questions.map(sourcesOf)
  return {
    facts: questions.map(
      (question) =>
        question.facts ?? facts.get(question.delivery ?? '') ?? { ...unknownFacts, service: question.service },
    ),
    devices: new Map(devices.map((device) => [device.id, device])),
    zones: new Map(homes.map(({ id, timeZone }) => [id, timeZone])),
    services: await readServices(deps, questions, all),
    consents: all.some((sources) => asksConsent(sources))
      ? await readConsents(deps, sql, households)
      : new Map<string, ReadonlyMap<string, ConsentState>>(),
  }
}

function situationOf(
  now: number,
  question: DeliveryQuestion,
  sources: Sources,
  { facts, devices, zones, services, consents }: Known,
  index: number,
): Situation {
  const report = devices.get(question.device)?.capabilities ?? null
  return {
    now,
    sources,
    zone: zoneOf(sources, report?.timeZone ?? null, zones.get(question.household) ?? null),
    delivery: facts[index]!,
    network: report?.network ?? null,
    meteredThisMonth: 0,
    service: services.get(serviceKey(question)) ?? null,
    consents: consents.get(question.household) ?? new Map(),
  }
}

async function readServices(
  { definitions }: SituationDependencies,
  questions: readonly DeliveryQuestion[],
  all: readonly Sources[],
): Promise<ReadonlyMap<string, ServiceFacts>> {
  const wanted = new Map<string, DeliveryQuestion>()
  for (const [index, question] of questions.entries())
    if (question.service !== null && ratesServices(all[index]!)) wanted.set(serviceKey(question), question)
  const found = await Promise.all(
    [...wanted].map(async ([key, { tenant, service }]) => {
      const known = await definitions.service(tenant, service!)
      return known === null ? [] : [[key, { categories: known.categories, rating: known.parental }] as const]
    }),
  )
  return new Map(found.flat())
}

const serviceKey = ({ tenant, service }: DeliveryQuestion): string => `${tenant}/${service}`

function ratesServices(sources: Sources): boolean {
  return (
    everyWord('parental', sources).length > 0 ||
    everyWord('consent', sources).some(({ value }) => (value.categories ?? []).length > 0)
  )
}

function asksConsent(sources: Sources): boolean {
  return everyWord('consent', sources).length > 0 || everyWord('autoUpdate', sources).length > 0
}

async function readConsents({ storage }: SituationDependencies, sql: Sql, households: readonly string[]) {
  const byHousehold = new Map<string, Map<string, ConsentState>>()
  for (const consent of await storage.consents.ofHouseholds(sql, households)) {
    const known = byHousehold.get(consent.household) ?? new Map<string, ConsentState>()
    byHousehold.set(consent.household, known.set(consentKey(consent), consent.state))
  }
  return byHousehold
}

/** Whether a limit of bytes a month is set where the device is on a metered link; the month it is there, if so. */
export function meteredMonth({ sources, network, zone, now }: Situation): string | null {
  const limit: PreferencesDocument['metered'] = resolve('metered', sources).value
  const counted = network?.metered === true && typeof limit === 'object' && limit.perMonth !== undefined
  return counted ? monthAt(now, zone.name) : null
}

async function withMeteredUse(
  { storage }: SituationDependencies,
  sql: Sql,
  questions: readonly DeliveryQuestion[],
  situations: readonly Situation[],
): Promise<Situation[]> {
  const months = new Map<string, string>()
  for (const [index, situation] of situations.entries()) {
    const month = meteredMonth(situation)
    if (month !== null) months.set(questions[index]!.device, month)
  }
  if (months.size === 0) return [...situations]
  const own = questions.flatMap(({ delivery }) => delivery ?? [])
  const used = await storage.metered.used(sql, months, own)
  return situations.map((situation, index) => ({
    ...situation,
    meteredThisMonth: used.get(questions[index]!.device) ?? 0,
  }))
}
