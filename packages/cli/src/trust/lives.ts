/** How long offline metadata last unless it is said otherwise, days. */
export const lives = { root: 365, targets: 180, developer: 180 } as const

/** Seconds since the Unix epoch, so many days from now. */
export function daysFromNow(days: number): number {
  return Math.floor(Date.now() / 1000) + days * 86_400
}
