/** How long online metadata last and when they are renewed, seconds. The signer's own bounds are in signer/version-rule.ts. */
const hour = 3_600
const day = 24 * hour

export const lives = { timestamp: day, snapshot: 7 * day, director: 7 * day } as const

/** Half of its life is left for a hub that is away, and for a signer that is. */
export function isDue(role: keyof typeof lives, expires: number, now: number): boolean {
  return expires - now < lives[role] / 2
}

/** Offline metadata of which so little is left are warned of. */
export const warnBefore = 14 * day
