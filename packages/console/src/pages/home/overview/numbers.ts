/** Campaigns that go on, or wait to. */
export const running = ['planning', 'running', 'waiting', 'paused', 'aborting', 'rolling-back']

const figures = new Intl.NumberFormat('en')
const shares = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

/** “1,204” */
export function number(count: number): string {
  return figures.format(count)
}

/** “97.4%”; of nothing it is nothing. */
export function percent(part: number, whole: number): string {
  return shares.format(whole === 0 ? 0 : part / whole)
}

/** How many are in these states together. */
export function countIn<Key extends string>(
  counts: readonly (Readonly<Record<Key, number>> & { readonly state: string })[],
  states: readonly string[],
  key: Key,
): number {
  return counts.filter(({ state }) => states.includes(state)).reduce((total, each) => total + each[key], 0)
}
