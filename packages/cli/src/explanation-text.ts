import type { Schemas } from '@sutler/client'
import { printable } from './terminal.ts'

/**
 * An explanation for people: the answer, then the chain, numbered; each link with its time, and the number of its cause where that
 * is not the link before.
 */
export function explanationText({ answer, chain, now, next }: Schemas['Explanation']): string {
  const lines = [answer, '']
  for (const [index, { at, sentence, cause }] of chain.entries()) {
    const because =
      cause === null ? (index === 0 ? '' : ' (on its own)') : cause === index - 1 ? '' : ` (because of ${cause + 1})`
    lines.push(`${String(index + 1).padStart(3)}. ${timeText(at)} ${sentence}${because}`)
  }
  if (now !== null)
    lines.push(
      '',
      `Now it waits for ${now.waitsFor}${now.until === null ? '' : `, until ${timeText(now.until).trim()}`}.`,
    )
  if (next !== null) lines.push(`Then ${next}.`)
  return lines.map(printable).join('\n')
}

/** To the second, UTC; blanks of the same width where nobody noted it. */
function timeText(at: string | null): string {
  return at === null ? ' '.repeat(20) : `${at.slice(0, 19)}Z`
}
