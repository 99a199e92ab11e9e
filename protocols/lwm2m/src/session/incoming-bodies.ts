import { limits } from '../limits.ts'
import { blockOf } from '../wire/block.ts'
import { joined } from '../wire/byte-writer.ts'
import { answer, option } from '../wire/numbers.ts'
import type { Block } from '../wire/block.ts'
import type { CoapMessage } from '../wire/coap-message.ts'

export type Collected =
  | { readonly kind: 'whole'; readonly payload: Uint8Array; readonly block?: Block }
  /** 2.31: the next block, please. */
  | { readonly kind: 'continue'; readonly block: Block }
  | { readonly kind: 'refused'; readonly code: number; readonly block: Block }

interface Body {
  bytes: number
  readonly parts: Uint8Array[]
}

/** Puts the bodies of one peer together that come in blocks (RFC 7959, 2.5). Bounded in bytes and in number. */
export class IncomingBodies {
  readonly #bodies = new Map<string, Body>()

  /** @param key what the blocks of one body have in common: method, path and query */
  collect(message: CoapMessage, key: string): Collected {
    const block = blockOf(message, option.block1)
    if (!block) return { kind: 'whole', payload: message.payload }
    if (block.number === 0) this.#begin(key)
    const body = this.#bodies.get(key)
    // RFC 7959, 2.9.2: blocks before this one are missing, or it comes twice.
    if (!body || body.bytes !== block.number * block.size)
      return this.#refuse(key, answer.requestEntityIncomplete, block)
    if (block.more && (message.payload.length === 0 || message.payload.length % block.size !== 0))
      return this.#refuse(key, answer.badRequest, block)
    body.bytes += message.payload.length
    if (body.bytes > limits.bodyBytes) return this.#refuse(key, answer.requestEntityTooLarge, block)
    body.parts.push(message.payload.slice())
    if (block.more) return { kind: 'continue', block }
    this.#bodies.delete(key)
    return { kind: 'whole', payload: joined(body.parts, body.bytes), block: { ...block, more: false } }
  }

  #begin(key: string): void {
    this.#bodies.delete(key)
    const oldest = this.#bodies.keys().next().value
    if (this.#bodies.size >= limits.bodiesPerPeer && oldest !== undefined) this.#bodies.delete(oldest)
    this.#bodies.set(key, { bytes: 0, parts: [] })
  }

  #refuse(key: string, code: number, block: Block): Collected {
    this.#bodies.delete(key)
    return { kind: 'refused', code, block }
  }
}
