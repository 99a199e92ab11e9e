import type { Json, Model } from '@sutler/engine'

/** Signals that some transition takes in these states, and all others. Guards are not asked. */
export function signalsOf(
  { signals = {}, transitions }: Model,
  states: readonly string[],
): { readonly now: string[]; readonly others: string[] } {
  const known = new Set([...Object.keys(signals), ...transitions.map(({ on }) => on)])
  const now = new Set(
    transitions.filter(({ from }) => from.every((state) => states.includes(state))).map(({ on }) => on),
  )
  const names = [...known]
  return { now: names.filter((name) => now.has(name)), others: names.filter((name) => !now.has(name)) }
}

const examples: Readonly<Record<string, Json>> = {
  string: '',
  int: 0,
  float: 0,
  bool: true,
  bytes: '',
  timestamp: '2026-01-01T00:00:00Z',
  duration: '1h',
  list: [],
  map: {},
  any: null,
}

/** Arguments of a signal to begin with: a value of its type for each that it needs. */
export function exampleArguments({ signals = {} }: Model, signal: string): string {
  const { args = {} } = signals[signal] ?? {}
  const needed = Object.entries(args).filter(([, type]) => !type.endsWith('?'))
  if (needed.length === 0) return '{}'
  return JSON.stringify(Object.fromEntries(needed.map(([name, type]) => [name, examples[type] ?? null])), null, 2)
}
