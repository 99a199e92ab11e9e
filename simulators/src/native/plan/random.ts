/** Deterministic randomness: what is drawn depends on the seed and the purpose only, never on the order of events. */

/** Draws numbers in [0, 1). */
export type Random = () => number

/** FNV-1a over the UTF-16 units of a text, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/**
 * A generator for one purpose of one device (mulberry32).
 * @param seed of the fleet
 * @param purpose for example `profile`
 * @param index of the device or household
 */
export function randomFor(seed: number, purpose: string, index: number): Random {
  let state = hashOf(`${seed}\n${purpose}\n${index}`)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of the choices, all equally likely. */
export function pick<Choice>(random: Random, choices: readonly Choice[]): Choice {
  return choices[Math.floor(random() * choices.length)]!
}

/** A whole number from low to high, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1))
}
