import { InvalidArgumentError, Option } from 'commander'

/** For an option that may be repeated. */
export function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `30s`, `1h30m`. */
export function durationOf(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text)
    throw new InvalidArgumentError('must be a duration like 30s, 15m or 1h30m.')
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit!]!, 0)
}

/** @param usual milliseconds, unless given @param said the same, as it is typed */
export function durationOption(flags: string, description: string, usual: number, said: string): Option {
  return new Option(flags, description).argParser(durationOf).default(usual, said)
}
