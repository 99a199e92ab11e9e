import { bulkLimits, notText, textOf, tooLong, withoutMark, type BulkLine } from './lines.ts'

/** JSON objects, one to a line (NDJSON). Empty lines are passed over. */
export async function* jsonRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<BulkLine> {
  let line = 0
  for await (const raw of rawLines(bytes)) {
    line += 1
    if (raw === null) {
      yield { line, fault: tooLong }
      continue
    }
    const record = readRecord(line === 1 ? withoutMark(raw) : raw, line)
    if (record !== null) yield record
  }
}

function readRecord(raw: Uint8Array, line: number): BulkLine | null {
  const text = textOf(raw)
  if (text === null) return { line, fault: notText }
  if (text.trim() === '') return null
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { line, value: value as Record<string, unknown> }
    return { line, fault: 'The line is JSON, but no object.' }
  } catch (error) {
    return { line, fault: `The line is not JSON: ${(error as Error).message}.` }
  }
}

/** Each line without its end; null for one that is too long, of which no more than the limit is ever kept. */
async function* rawLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  let kept: Uint8Array = new Uint8Array()
  let skipping = false
  for await (const chunk of bytes) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const whole = joined(kept, chunk.subarray(from, end))
      from = end + 1
      kept = new Uint8Array()
      yield skipping || whole.length > bulkLimits.record ? null : whole
      skipping = false
    }
    if (!skipping) kept = joined(kept, chunk.subarray(from))
    if (kept.length > bulkLimits.record) {
      skipping = true
      kept = new Uint8Array()
    }
  }
  if (skipping) yield null
  else if (kept.length > 0) yield kept
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b.slice()
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
