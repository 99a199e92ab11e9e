import { figure, median, type Figure } from '../measure.ts'

/** Rates per second, one of each round. */
export interface Compared {
  readonly name: string
  readonly rates: readonly number[]
}

/** How many times ours is of theirs, round by round. `goal` is the least that it should be. */
export function times(own: readonly number[], peer: Compared, goal: number, limit = ''): Figure {
  const ratios = own.map((rate, round) => rate / peer.rates[round]!)
  const reached = median(ratios) >= goal
  return figure(ratios, '×', {
    against: `${peer.name} ${median(peer.rates).toFixed(0)}/s, ours ${median(own).toFixed(0)}/s`,
    goal: `≥ ${goal} ${reached ? '(reached)' : `(missed${limit && `: ${limit}`})`}`,
  })
}

/** `value` of so many rounds, which should be `most` at most. */
export function atMost(value: Figure, most: number): Figure {
  return { ...value, goal: `≤ ${most} ${value.unit} (${value.value <= most ? 'reached' : 'missed'})` }
}

/**
 * What every one of `sides` gives, turn by turn; the first round, in which code, plans and pages get warm, is left out.
 * @returns for each side its rounds
 */
export async function alternate<Sides extends Readonly<Record<string, () => Promise<unknown>>>>(
  rounds: number,
  sides: Sides,
  after: (round: { readonly [Name in keyof Sides]: Awaited<ReturnType<Sides[Name]>> }) => void = () => {},
): Promise<{ readonly [Name in keyof Sides]: Awaited<ReturnType<Sides[Name]>>[] }> {
  const all = Object.fromEntries(Object.keys(sides).map((name) => [name, [] as unknown[]]))
  for (let round = 0; round <= rounds; round++) {
    const results: Record<string, unknown> = {}
    for (const [name, side] of Object.entries(sides)) results[name] = await side()
    if (round === 0) continue
    for (const [name, result] of Object.entries(results)) all[name]!.push(result)
    after(results as never)
  }
  return all as never
}
