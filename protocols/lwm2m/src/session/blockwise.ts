import { limits } from '../limits.ts'
import { blockOf, blockOption } from '../wire/block.ts'
import { joined } from '../wire/byte-writer.ts'
import { noBytes, uint } from '../wire/coap-message.ts'
import { answer, codeText, option } from '../wire/numbers.ts'
import { Lwm2mExchangeError } from './exchange-error.ts'
import { sameBytes } from './udp-peer.ts'
import type { CoapMessage, CoapOption } from '../wire/coap-message.ts'
import type { Body } from './body.ts'

/** Blocks of 1024 bytes, the largest there are over datagrams (RFC 7959, 2.2). */
const largestBlock = 1024
/** RFC 7959, 2.9.2: after 4.08 the body may be sent anew. */
const restarts = 1

type Exchange = (options: readonly CoapOption[], payload: Uint8Array) => Promise<CoapMessage>

interface Sending {
  readonly body?: Body
  readonly sent?: (bytes: number) => void
}

/** Sends a body, in blocks when it is longer than one message carries (RFC 7959, 2.5). @returns the last answer */
export async function sendBody({ body, sent }: Sending, most: number, exchange: Exchange): Promise<CoapMessage> {
  if (!body) return exchange([], noBytes)
  if (body.size <= most) return exchange([], await body.read(0, body.size))
  let size = largestBlock
  let restartsLeft = restarts
  for (let at = 0; ;) {
    const payload = await body.read(at, Math.min(at + size, body.size))
    const block = { number: at / size, more: at + payload.length < body.size, size }
    const total = at === 0 ? [uint(option.size1, body.size)] : []
    const reply = await exchange([blockOption(option.block1, block), ...total], payload)
    const asked = blockOf(reply, option.block1)?.size ?? size
    if (reply.code === answer.requestEntityTooLarge && at === 0 && asked < size) {
      size = asked
    } else if (reply.code === answer.requestEntityIncomplete && restartsLeft > 0) {
      restartsLeft--
      at = 0
    } else {
      // Clients are seen that answer every block with 2.04: what more is to come is known here.
      if (!block.more || reply.code >> 5 !== 2) return reply
      at += payload.length
      // RFC 7959, 2.5: a smaller block in the answer holds for the blocks that follow.
      size = Math.min(size, asked)
      sent?.(at)
    }
  }
}

/** The payload of an answer with the blocks that follow it (RFC 7959, 2.4). */
export async function receiveBody(
  first: CoapMessage,
  next: (options: readonly CoapOption[]) => Promise<CoapMessage>,
): Promise<Uint8Array> {
  const block = blockOf(first, option.block2)
  if (!block?.more) return first.payload
  const parts = [first.payload]
  let bytes = first.payload.length
  for (let more = true; more;) {
    const reply = await next([
      blockOption(option.block2, { number: bytes / block.size, more: false, size: block.size }),
    ])
    const got = blockOf(reply, option.block2)
    if (reply.code !== first.code || got?.number !== bytes / block.size || !sameVersion(first, reply))
      throw new Lwm2mExchangeError('blocks', `block ${bytes / block.size} of an answer came as ${codeText(reply.code)}`)
    bytes += reply.payload.length
    if (bytes > limits.bodyBytes)
      throw new Lwm2mExchangeError('blocks', `an answer of more than ${limits.bodyBytes} bytes`)
    if (got.more && reply.payload.length !== block.size)
      throw new Lwm2mExchangeError('blocks', `a block of ${reply.payload.length} bytes in the middle of an answer`)
    parts.push(reply.payload)
    more = got.more
  }
  return joined(parts, bytes)
}

/** RFC 7959, 2.4: blocks of one body carry the same ETag. */
function sameVersion(one: CoapMessage, other: CoapMessage): boolean {
  const tag = ({ options }: CoapMessage) => options.find(({ number }) => number === option.etag)?.value ?? noBytes
  return sameBytes(tag(one), tag(other))
}
