/**
 * How much the tests try, and from which random numbers: the one place that reads it. By default a fixed seed, so that a run
 * can be had again; in the long mode (`npm run test:long`) more of everything, from a seed that vitest.config.ts draws and prints.
 */
export const long = process.env['SUTLER_LONG'] === '1'

/** Of every random choice in the tests: SUTLER_SEED repeats a run. */
export const seed = Number(process.env['SUTLER_SEED'] ?? 20_260_115)

/** Mutated inputs per parser. */
export const mutations = wanted('SUTLER_MUTATIONS', { quick: 5_000, long: 100_000 })

/** A number of rounds: the variable's when it is set, else by the mode. */
export function wanted(variable: string, rounds: { readonly quick: number; readonly long: number }): number {
  return Number(process.env[variable] ?? (long ? rounds.long : rounds.quick))
}
