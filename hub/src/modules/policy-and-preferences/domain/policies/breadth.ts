/** A policy that would order for everyone: more than so many households, and more than this share of all. */
export const everyone = { households: 10, share: 0.1 } as const

export function isForEveryone(households: number, ofHouseholds: number): boolean {
  return households > everyone.households && households > ofHouseholds * everyone.share
}

/** What applies where a policy says nothing. */
export const defaultLimits = { perHouseholdPerDay: 20, perHour: 10_000 } as const

/** Orders of policies that follow from one another's: one more ends the chain, and the policy. */
export const deepest = 8
