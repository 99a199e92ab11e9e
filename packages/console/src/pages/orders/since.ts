const hour = 3_600_000

export const spans = { '1h': hour, '24h': 24 * hour, '7d': 168 * hour, '30d': 720 * hour } as const
export type Span = keyof typeof spans

/** The instant that a span began, to the minute: the same question for the hub as long as nobody looks again. */
export function sinceOf(span: Span | undefined): string | undefined {
  if (span === undefined) return undefined
  const minute = 60_000
  return new Date(Math.floor((Date.now() - spans[span]) / minute) * minute).toISOString()
}
