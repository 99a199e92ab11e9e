import { uintOption, uintValue } from './coap-message.ts'
import type { CoapMessage, CoapOption } from './coap-message.ts'

/** Which part of a body a message carries (RFC 7959, 2.2). */
export interface Block {
  readonly number: number
  readonly more: boolean
  /** Bytes: 16 to 1024, a power of two. Over a stream, 1024 in units of a BERT block (RFC 8323, 6). */
  readonly size: number
  /** SZX 7: the payload is as many blocks of 1024 as it holds (RFC 8323, 6). */
  readonly bert?: true
}

/** @returns undefined when there is none, or one longer than 3 bytes */
export function blockOf(message: CoapMessage, number: number): Block | undefined {
  const value = uintOption(message, number)
  if (value === undefined || value > 0xff_ffff) return undefined
  const exponent = value & 7
  const block = { number: value >>> 4, more: (value & 8) !== 0, size: exponent === 7 ? 1024 : 16 << exponent }
  return exponent === 7 ? { ...block, bert: true } : block
}

export function blockOption(number: number, block: Block): CoapOption {
  const exponent = block.bert ? 7 : Math.log2(block.size) - 4
  return { number, value: uintValue(block.number * 16 + (block.more ? 8 : 0) + exponent) }
}
