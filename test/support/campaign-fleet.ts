import { answer, createClient, type Schemas, type SutlerClient } from '@sutler/client'
import type { CapabilityReport } from '@sutler/device-model'
import { createEntityManagement } from '../../hub/src/modules/entity-management/index.ts'
import { localDoorbells } from '../../hub/src/platform/doorbells.ts'
import type { ComposedHub } from './composed-hub.ts'
import type { Clock } from '../../hub/src/platform/clock.ts'
import { silentLog } from '../../hub/src/platform/log.ts'
import { until } from './until.ts'

/** Campaigns on a hub whose devices are rows: what they answer is said to the engine in their place. */

type DeviceClass = CapabilityReport['class']
type Campaign = Schemas['CampaignWithWaves']

export interface HomeWish {
  readonly classes: readonly DeviceClass[]
  readonly timeZone?: string
}

export interface Home {
  readonly id: string
  readonly devices: readonly string[]
}

const entitiesOf = (hub: Pick<ComposedHub, 'database'>, clock: Clock) =>
  createEntityManagement({ database: hub.database, doorbells: localDoorbells(), clock, log: silentLog })

/** Makes households with devices that have reported what they are. */
export async function addHomes(
  hub: Pick<ComposedHub, 'database'>,
  clock: Clock,
  prefix: string,
  homes: readonly HomeWish[],
): Promise<Home[]> {
  const entities = entitiesOf(hub, clock)
  const made: Home[] = []
  for (const [index, { classes, timeZone = 'UTC' }] of homes.entries()) {
    const household = await entities.addHousehold('main', `Home ${index}`, timeZone)
    const devices = classes.map((name, place) => ({
      id: `dev-${prefix}-${String(index).padStart(4, '0')}-${place}`,
      household: household.id,
      class: name,
      serial: `S-${prefix}-${index}-${place}`,
      name: `${name} ${prefix}`,
    }))
    await hub.database.transaction(async (tx) => {
      await entities.addDevices(tx, devices)
      const reports = devices.map(({ id, class: name }) => ({ device: id, report: reportOf(name, timeZone) }))
      await entities.recordCapabilities(tx, reports)
    })
    made.push({ id: household.id, devices: devices.map(({ id }) => id) })
  }
  return made
}

function reportOf(name: DeviceClass, timeZone: string): CapabilityReport {
  return {
    class: name,
    hardware: { model: 'M1', arch: 'arm64', cpus: 4 },
    os: { name: 'linux', version: '6.1' },
    memory: { total: 2e9 },
    storage: { total: 8e9, free: 4e9 },
    runtimes: {},
    features: [],
    timeZone,
    installed: [],
  }
}

/** Says to the engine what these devices would: that their open deliveries of a service succeeded or failed. */
export async function answerFor(hub: ComposedHub, devices: readonly string[], proven: boolean): Promise<void> {
  for (const device of devices) {
    const query = { device, limit: 200 }
    const { items } = answer(await hub.api.GET('/api/v1/deliveries', { params: { query } }))
    for (const { id, state, kind } of items) {
      if (state !== 'pending' && state !== 'accepted') continue
      const result = proven ? (kind === 'remove' ? 'removed' : 'installed') : 'failed'
      const args = { proven, result, detail: proven ? '' : 'no picture' }
      const path = { model: 'delivery', id }
      answer(
        await hub.api.POST('/api/v1/instances/{model}/{id}/signals', {
          params: { path },
          body: { type: 'outcome', args },
        }),
      )
    }
  }
}

export async function readCampaign(hub: { readonly api: SutlerClient }, id: string): Promise<Campaign> {
  return answer(await hub.api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }))
}

/** Waits until the campaign is as wanted. */
export function untilCampaign(
  hub: { readonly api: SutlerClient },
  id: string,
  wanted: (campaign: Campaign) => boolean,
  deadline = 60_000,
): Promise<Campaign> {
  return until(
    async () => {
      const campaign = await readCampaign(hub, id)
      if (wanted(campaign)) return campaign
      const waves = campaign.waves.map(({ number, size, open, done, failed }) => ({ number, size, open, done, failed }))
      throw new Error(`it is ${campaign.state}: ${campaign.why}; ${JSON.stringify(waves)}`)
    },
    { what: `campaign ${id}`, deadline },
  )
}

export async function targetsOf(hub: { readonly api: SutlerClient }, id: string): Promise<Schemas['CampaignTarget'][]> {
  const all: Schemas['CampaignTarget'][] = []
  let cursor: string | undefined
  do {
    const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) }
    const page = answer(await hub.api.GET('/api/v1/campaigns/{id}/targets', { params: { path: { id }, query } }))
    all.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return all
}

/** Another person with an account and a role. @returns the token of a session */
export async function secondPerson(
  hub: ComposedHub,
  name: string,
  role: 'operator' | 'developer' | 'sponsor',
): Promise<string> {
  const password = 'a long pass phrase of tests'
  answer(await hub.api.POST('/api/v1/accounts', { body: { name, password, roles: [role] } }))
  return answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: { name, password } })).token
}
