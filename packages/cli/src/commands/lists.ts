import { InvalidArgumentError } from 'commander'

/** The first `limit` of what is listed. */
export async function take<T>(items: AsyncIterable<T>, limit: number): Promise<T[]> {
  const taken: T[] = []
  for await (const item of items) {
    taken.push(item)
    if (taken.length >= limit) break
  }
  return taken
}

/** A whole number of at least 1, as an option's value. */
export function limitOf(text: string): number {
  const limit = Number(text)
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InvalidArgumentError('must be a whole number of at least 1.')
  return limit
}
