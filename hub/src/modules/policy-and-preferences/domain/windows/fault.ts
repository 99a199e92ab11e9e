/** What is wrong with a rule, a start or a duration, in words that complete "the window …". */
export class RuleFault extends Error {
  /** The property that it is in, where that is known. */
  property: string | null = null
}

/** Says of faults in `work` which property they are in. */
export function inProperty<T>(property: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RuleFault) error.property ??= property
    throw error
  }
}

/** A whole number of a part. @throws RuleFault */
export function whole(name: string, text: string, least: number, most: number): number {
  const value = /^[+-]?\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most))
    throw new RuleFault(`has ${name}=${text.slice(0, 40)}; ${name} goes from ${least} to ${most}`)
  return value
}

/** A list of whole numbers, none twice and none 0 where it counts from both ends. @throws RuleFault */
export function numbers(name: string, text: string | undefined, least: number, most: number): number[] {
  if (text === undefined) return []
  const values = text.split(',').map((each) => whole(name, each, least, most))
  if (least < 0 && values.includes(0)) throw new RuleFault(`has 0 in ${name}, which counts from 1 or from -1`)
  return [...new Set(values)].toSorted((a, b) => a - b)
}
