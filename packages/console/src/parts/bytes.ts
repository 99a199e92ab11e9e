const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** “11.3 MB”: powers of a thousand (IEC 80000-13), three figures. */
export function bytes(count: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), units.length - 1)
  const value = count / 1000 ** power
  return `${power === 0 ? value : value.toPrecision(3)} ${units[power]}`
}
