import { asks, type Catalogue, type Rule } from './catalogue.ts'

/** What a search has found. */
export interface Solution {
  /** In the order in which they came up. */
  readonly services: readonly number[]
  /** The value of each service; −1 for one that did not come up. */
  readonly choice: Int32Array
  /** Which service recommended one that nobody wishes or requires. */
  readonly recommendedBy: ReadonlyMap<number, number>
}

export function isThere(catalogue: Catalogue, { choice }: Pick<Solution, 'choice'>, service: number): boolean {
  return choice[service]! >= 0 && choice[service] !== catalogue.absent(service)
}

/** The relations of a version. */
export function relationsOf({ rules, rulesOf }: Catalogue, value: number): Rule[] {
  return Array.from(rulesOf.list.subarray(rulesOf.start[value], rulesOf.start[value + 1]), (rule) => rules[rule]!)
}

/** What must be in place before a version, in the order in which it names that. */
export function needsOf(catalogue: Catalogue, value: number): string[] {
  return relationsOf(catalogue, value)
    .filter(asks)
    .map(({ to }) => catalogue.services[to]!.id)
}
