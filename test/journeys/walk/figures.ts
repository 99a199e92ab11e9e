import { answer, type SutlerClient } from '@sutler/client'
import { campaignsOf, targetsOf, type Campaign, type WalkedCommand } from './walk.ts'

/** What a walk came to. */
export interface Figures {
  /** Simulated ones. */
  readonly devices: number
  readonly orders: Readonly<Record<string, string>>
  readonly everybody: {
    readonly state: string
    readonly done: number
    readonly failed: number
    readonly leftOut: number
  }
  readonly taken: { readonly state: string; readonly ordered: number; readonly back: number; readonly tripped: string }
  /** Devices that cannot say why they have, or have not, what the walk last brought: there must be none. */
  readonly unexplained: number
}

const sum = (campaign: Campaign, what: 'done' | 'failed' | 'returned' | 'cancelled'): number =>
  campaign.waves.reduce((total, wave) => total + wave[what], 0)

export async function figuresOf(
  api: SutlerClient,
  commands: readonly WalkedCommand[],
  devices: number,
): Promise<Figures> {
  const { first, second } = await campaignsOf(api)
  const [given, taken] = await Promise.all([targetsOf(api, first.id), targetsOf(api, second.id)])
  const tripped = second.acts.find(({ act }) => act === 'roll-back')?.reason ?? ''
  const unexplained = await silentAmong(api, [...taken.map(({ device }) => device), ...(await householdOf(api))])
  return {
    devices,
    orders: Object.fromEntries(
      commands.flatMap(({ printed }) =>
        [...printed.matchAll(/^(ord-\w+) is (\w+)$/gm)].map(([, id, state]) => [id, state]),
      ),
    ) as Record<string, string>,
    everybody: {
      state: first.state,
      done: sum(first, 'done'),
      failed: sum(first, 'failed'),
      leftOut: given.filter(({ state }) => state === 'skipped').length,
    },
    taken: {
      state: second.state,
      ordered: taken.filter(({ order }) => order !== null).length,
      back: sum(second, 'returned'),
      tripped,
    },
    unexplained,
  }
}

/** The walk's four real devices. */
async function householdOf(api: SutlerClient): Promise<string[]> {
  const filter = "household.name == 'Miller'"
  const { items } = answer(await api.GET('/api/v1/devices', { params: { query: { filter } } }))
  return items.map(({ id }) => id)
}

/** @returns how many of the devices have no explanation why they have, or have not, films 2.0.0 */
async function silentAmong(api: SutlerClient, devices: readonly string[]): Promise<number> {
  const query = { service: 'films', version: '2.0.0' }
  const left = [...devices]
  let silent = 0
  const ask = async (): Promise<void> => {
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      const found = answer(await api.GET('/api/v1/explanations/devices/{id}', { params: { path: { id }, query } }))
      if (found.answer === '' || found.chain.length === 0) silent++
    }
  }
  await Promise.all(Array.from({ length: 8 }, ask))
  return silent
}
