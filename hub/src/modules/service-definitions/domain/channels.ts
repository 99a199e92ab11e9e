/** How steady a version is said to be; each channel also has everything of the steadier ones. */
export const channels = ['alpha', 'beta', 'stable'] as const
export type Channel = (typeof channels)[number]

/** Whether somebody who takes `taken` is offered what was released to `of`. */
export function offers(taken: Channel, of: Channel): boolean {
  return steadiness(taken) <= steadiness(of)
}

/** 0 for alpha … 2 for stable. */
export function steadiness(channel: Channel): number {
  return channels.indexOf(channel)
}

/** The one of them that offers most. `stable` when there is none. */
export function mostOpen(taken: readonly Channel[]): Channel {
  return channels.find((channel) => taken.includes(channel)) ?? 'stable'
}

/** Why a version may not be moved from one channel to the other, in words; null when it may. */
export function promotionRefusal(from: Channel, to: Channel): string | null {
  if (steadiness(to) > steadiness(from)) return null
  const further = channels.slice(steadiness(from) + 1)
  return further.length === 0
    ? 'it is on stable, the last channel'
    : `it is on ${from} and can only be promoted to ${further.join(' or ')}`
}
