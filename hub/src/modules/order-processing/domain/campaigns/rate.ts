import type { Milliseconds } from '../../../../platform/clock.ts'
import type { Rate } from './document.ts'

/** How fast orders may be placed: a bucket that fills at the rate and holds a minute's worth. Pure. */

/** Orders per minute after the campaign has run for so long; time in which it was paused does not count. */
export function rateAfter(rate: Rate, ran: Milliseconds): number {
  if (rate.grows === undefined) return rate.perMinute
  const { factor, every, upTo } = rate.grows
  const steps = Math.min(Math.floor(ran / every), 1_000)
  return Math.min(upTo, rate.perMinute * factor ** steps)
}

/** @param tokens what the bucket held `since` milliseconds ago @returns what it holds now; the whole part may be spent */
export function refilled(rate: Rate, tokens: number, since: Milliseconds, ran: Milliseconds): number {
  const perMinute = rateAfter(rate, ran)
  return Math.min(perMinute, tokens + (Math.max(0, since) * perMinute) / 60_000)
}

/** When the bucket will hold this many: at least one, at most a second's worth, so that one look does not wake for each. */
export function refillTime(rate: Rate, tokens: number, ran: Milliseconds): Milliseconds {
  const perMinute = rateAfter(rate, ran)
  const wanted = Math.max(1, Math.min(perMinute, Math.ceil(perMinute / 60)))
  return Math.max(1_000, Math.ceil(((wanted - tokens) * 60_000) / perMinute))
}

/** How long it takes to place so many orders from a standing start. */
export function timeToPlace(rate: Rate, orders: number): Milliseconds {
  if (rate.grows === undefined) return (Math.max(0, orders - rate.perMinute) / rate.perMinute) * 60_000
  let left = orders
  let ran = 0
  for (let step = 0; step < 1_000 && left > 0; step++) {
    const perMinute = rateAfter(rate, ran)
    const inStep = (perMinute * rate.grows.every) / 60_000
    if (left <= inStep) return ran + (left / perMinute) * 60_000
    left -= inStep
    ran += rate.grows.every
  }
  return ran + (left / rateAfter(rate, ran)) * 60_000
}
