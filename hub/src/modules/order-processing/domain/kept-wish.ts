import type { Channel } from '../../service-definitions/index.ts'
import type { OrderAction, Origin } from './order.ts'

/** What a household keeps to of a service until an order of that service says otherwise. */
export interface KeptWish {
  /** Exactly this version: no order of another service moves it. Null: whatever goes together with the rest. */
  readonly pinned: string | null
  /** Where its newest version is looked for; null: the channel that the household prefers. */
  readonly channel: Channel | null
  /** The item that said so; null when none ever did. */
  readonly wishedBy: string | null
}

export const noWish: KeptWish = { pinned: null, channel: null, wishedBy: null }

interface Asked {
  readonly action: OrderAction
  readonly version?: string | undefined
  /** Null: the household's own choice again. */
  readonly channel?: Channel | null | undefined
}

/**
 * The wish after an item of an order. Who names a version pins it, and who asks for the newest one pins it no longer. Policies and
 * campaigns neither pin nor unpin: what is pinned stays so, at the version that they name.
 * @param item that asks
 */
export function wishAfter(before: KeptWish, asked: Asked, origin: Pick<Origin, 'kind'>, item: string): KeptWish {
  if (!installs(asked)) return before
  const { version } = asked
  const channel = asked.channel === undefined ? before.channel : asked.channel
  if (decides(origin)) return { pinned: version ?? null, channel, wishedBy: item }
  return { pinned: before.pinned === null ? null : (version ?? before.pinned), channel, wishedBy: item }
}

/** The version that an item asks for: the one that it names, or the pinned one where whoever asks does not unpin it. */
export function versionWished(
  before: Pick<KeptWish, 'pinned'>,
  asked: Asked,
  origin: Pick<Origin, 'kind'>,
): string | null {
  return asked.version ?? (decides(origin) ? null : before.pinned)
}

/** People, and systems with a key of their own. */
function decides({ kind }: Pick<Origin, 'kind'>): boolean {
  return kind === 'person' || kind === 'system'
}

function installs({ action }: Asked): boolean {
  return action === 'add' || action === 'modify'
}
