import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits } from '../limits.ts'
import { blockOf, blockOption } from '../wire/block.ts'
import { noBytes, uint, uintOption } from '../wire/coap-message.ts'
import { answer, method, option } from '../wire/numbers.ts'
import { receiveBody, sendBody } from './blockwise.ts'
import { heldBody, readAhead } from './body.ts'
import { Freshness } from './freshness.ts'
import { IncomingBodies } from './incoming-bodies.ts'
import type { Block } from '../wire/block.ts'
import type { CoapMessage, CoapOption } from '../wire/coap-message.ts'

const message = (code: number, options: CoapOption[] = [], payload: Uint8Array = noBytes): CoapMessage => ({
  code,
  token: noBytes,
  options,
  payload,
})
const bytes = (count: number) => Uint8Array.from({ length: count }, (_, at) => at * 7)

/** A device that puts blocks together; it asks for smaller ones, and loses all once, as it is told. */
function receiver({ size = 1024, refuses = 0, loses = -1, says = answer.continue as number } = {}) {
  const parts: Uint8Array[] = []
  let lost = false
  const exchange = async (options: readonly CoapOption[], payload: Uint8Array): Promise<CoapMessage> => {
    const block = blockOf(message(0, [...options]), option.block1)
    if (!block) return message(answer.changed)
    const smaller: Block = { ...block, size: Math.min(size, block.size) }
    if (block.number === 0) parts.length = 0
    if (refuses > 0 && block.size > refuses)
      return message(answer.requestEntityTooLarge, [blockOption(option.block1, { ...smaller, size: refuses })])
    if (block.number === loses && !lost) {
      lost = true
      return message(answer.requestEntityIncomplete, [blockOption(option.block1, smaller)])
    }
    parts.push(payload)
    return message(block.more ? says : answer.changed, [blockOption(option.block1, smaller)])
  }
  return { exchange, got: () => Buffer.concat(parts) }
}

describe('a body that is sent in blocks', () => {
  test.each([
    ['as it is', {}],
    ['in smaller blocks, as the first answer asks', { size: 64 }],
    ['in smaller blocks, as a refusal asks', { refuses: 256 }],
    ['anew, once, when the device has lost it', { loses: 2 }],
    ['to a device that answers each block with 2.04', { says: answer.changed }],
  ])('arrives whole %s', async (_how, ways) => {
    for (const size of [1025, 5000, 10_240]) {
      const { exchange, got } = receiver(ways)
      const progress: number[] = []
      const last = await sendBody(
        { body: heldBody(bytes(size)), sent: (count) => progress.push(count) },
        1024,
        exchange,
      )
      expect(last.code).toBe(answer.changed)
      expect(new Uint8Array(got())).toEqual(bytes(size))
      expect(progress.at(-1)).toBeLessThan(size)
    }
  })

  test('that the device refuses in the middle ends with the refusal', async () => {
    const exchange = async () => message(answer.requestEntityTooLarge)
    expect((await sendBody({ body: heldBody(bytes(5000)) }, 1024, exchange)).code).toBe(answer.requestEntityTooLarge)
    const incomplete = async () => message(answer.requestEntityIncomplete)
    expect((await sendBody({ body: heldBody(bytes(5000)) }, 1024, incomplete)).code).toBe(
      answer.requestEntityIncomplete,
    )
  })

  test('is read ahead in pieces, and gives the same bytes', async () => {
    let reads = 0
    const source = {
      size: 100_000,
      read: (start: number, end: number) => (reads++, bytes(100_000).subarray(start, end)),
    }
    const body = readAhead(source, 16_384)
    for (let at = 0; at < body.size; at += 1024)
      expect(await body.read(at, Math.min(at + 1024, body.size))).toEqual(bytes(100_000).subarray(at, at + 1024))
    expect(reads).toBe(7)
  })
})

describe('an answer that comes in blocks', () => {
  const slice = (whole: Uint8Array, number: number, size = 64) => {
    const more = (number + 1) * size < whole.length
    const block = blockOption(option.block2, { number, more, size })
    return message(answer.content, [block], whole.subarray(number * size, (number + 1) * size))
  }

  test('is put together', async () => {
    const whole = bytes(1000)
    const got = await receiveBody(slice(whole, 0), async (options) =>
      slice(whole, blockOf(message(0, [...options]), option.block2)!.number),
    )
    expect(got).toEqual(whole)
  })

  test('is refused when a block is missing, of another version, or without end', async () => {
    const whole = bytes(1000)
    await expect(receiveBody(slice(whole, 0), async () => slice(whole, 5))).rejects.toThrow('blocks')
    await expect(receiveBody(slice(whole, 0), async () => message(answer.notFound))).rejects.toThrow('4.04')
    const tagged = { ...slice(whole, 1), options: [uint(option.etag, 5), ...slice(whole, 1).options] }
    await expect(receiveBody(slice(whole, 0), async () => tagged)).rejects.toThrow('blocks')
    const endless = (number: number) =>
      message(answer.content, [blockOption(option.block2, { number, more: true, size: 1024 })], bytes(1024))
    let number = 0
    await expect(receiveBody(endless(0), async () => endless(++number))).rejects.toThrow(String(limits.bodyBytes))
  })
})

describe('bodies that devices send in blocks', () => {
  const block = (number: number, more: boolean, payload: Uint8Array, size = 64) =>
    message(method.post, [blockOption(option.block1, { number, more, size })], payload)

  test('are put together, each block acknowledged', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 65, maxLength: 2000 }), (whole) => {
        const bodies = new IncomingBodies()
        for (let number = 0; ; number++) {
          const more = (number + 1) * 64 < whole.length
          const part = whole.subarray(number * 64, (number + 1) * 64)
          const collected = bodies.collect(block(number, more, part), 'rd')
          expect(collected.kind).toBe(more ? 'continue' : 'whole')
          if (collected.kind !== 'whole') continue
          expect(collected.payload).toEqual(whole)
          return
        }
      }),
      { numRuns: 50 },
    )
  })

  test('are refused with 4.08 out of order, 4.00 when a block is short, 4.13 when they are too long', () => {
    const bodies = new IncomingBodies()
    expect(bodies.collect(block(1, true, bytes(64)), 'rd')).toMatchObject({ code: answer.requestEntityIncomplete })
    bodies.collect(block(0, true, bytes(64)), 'rd')
    expect(bodies.collect(block(1, true, bytes(63)), 'rd')).toMatchObject({ code: answer.badRequest })
    let last = bodies.collect(block(0, true, bytes(1024), 1024), 'rd')
    for (let number = 1; last.kind === 'continue'; number++)
      last = bodies.collect(block(number, true, bytes(1024), 1024), 'rd')
    expect(last).toMatchObject({ kind: 'refused', code: answer.requestEntityTooLarge })
  })

  test('of one peer are few at a time: the oldest gives way', () => {
    const bodies = new IncomingBodies()
    for (let key = 0; key <= limits.bodiesPerPeer; key++) bodies.collect(block(0, true, bytes(64)), String(key))
    expect(bodies.collect(block(1, false, bytes(1)), '0')).toMatchObject({ code: answer.requestEntityIncomplete })
    expect(bodies.collect(block(1, false, bytes(1)), '4')).toMatchObject({ kind: 'whole' })
  })

  test('a message without blocks is whole as it is', () => {
    expect(new IncomingBodies().collect(message(method.post, [], bytes(3)), 'rd')).toEqual({
      kind: 'whole',
      payload: bytes(3),
    })
  })
})

test('of two notifications the newer one counts, also across the end of their numbers', () => {
  const freshness = new Freshness()
  expect(freshness.fresh(5, 0)).toBe(true)
  expect(freshness.fresh(4, 1000)).toBe(false)
  expect(freshness.fresh(5, 1000)).toBe(false)
  expect(freshness.fresh(6, 1000)).toBe(true)
  expect(freshness.fresh(3, 130_000)).toBe(true)
  const wrapping = new Freshness()
  wrapping.fresh(2 ** 24 - 1, 0)
  expect(wrapping.fresh(0, 1)).toBe(true)
  expect(uintOption(message(0, [uint(option.observe, 2 ** 24 - 1)]), option.observe)).toBe(2 ** 24 - 1)
})
