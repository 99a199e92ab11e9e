import { jsonBytes } from './size.ts'
import type { Json } from './types.ts'

/** Lists and objects within one another. */
export const deepest = 128

/** Whether a value of any origin is nested too deep, or is more than so many bytes as JSON; costs no more than the limit. */
export function excessOf(value: unknown, bytes: number): 'deep' | 'large' | null {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }]
  let seen = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: inner, depth } = next
    seen += 1
    // Each is a byte at least.
    if (seen > bytes) return 'large'
    if (typeof inner !== 'object' || inner === null) continue
    if (depth >= deepest) return 'deep'
    const parts: readonly unknown[] = Array.isArray(inner) ? inner : Object.values(inner)
    if (parts.length > bytes) return 'large'
    for (const part of parts) open.push({ value: part, depth: depth + 1 })
  }
  return jsonBytes(value as Json, bytes) > bytes ? 'large' : null
}
