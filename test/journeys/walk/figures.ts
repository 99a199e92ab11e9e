import type { SutlerClient } from '@sutler/client'
import { campaignsOf, targetsOf, type Campaign, type Target, type WalkedCommand } from './walk.ts'

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
  /** Targets of both campaigns without a word of what became of them: there must be none. */
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
  // One that was brought back is explained by what made the campaign turn back.
  const isSilent = ({ state, reason }: Target): boolean =>
    reason === '' && state !== 'planned' && state !== 'done' && (state !== 'returned' || tripped === '')
  const silent = [...given, ...taken].filter(isSilent)
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
    unexplained: silent.length,
  }
}
