/** For an option that may be repeated. */
export function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
