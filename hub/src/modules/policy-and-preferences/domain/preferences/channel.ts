import { resolve, type Sources } from './matters.ts'

export type Channel = 'alpha' | 'beta' | 'stable'

/** The channel that versions of a service are taken from where an order names none. */
export function channelIn(sources: Sources, service: string): Channel {
  const { value } = resolve('channels', sources)
  return value?.services?.[service] ?? value?.default ?? 'stable'
}
