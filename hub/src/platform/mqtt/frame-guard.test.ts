import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameGuard } from './frame-guard.ts'

const limits = { publish: 1000, control: 200 }
const connect = [0x10, 2, 0, 0]

function length(value: number): number[] {
  const bytes: number[] = []
  do {
    bytes.push((value % 128) | (value >= 128 ? 128 : 0))
    value = Math.floor(value / 128)
  } while (value > 0)
  return bytes
}
const packet = (type: number, size: number) => [type << 4, ...length(size), ...Array.from({ length: size }, () => 0xff)]

describe('the frame guard', () => {
  test('lets packets within their limits through, however they are cut into pieces', () => {
    const sizes = fc.array(
      fc.oneof(
        fc.record({ type: fc.constant(3), size: fc.integer({ min: 0, max: 1000 }) }),
        fc.constant({ type: 12, size: 0 }),
        fc.record({ type: fc.constantFrom(4, 14), size: fc.integer({ min: 0, max: 256 }) }),
        fc.record({ type: fc.constantFrom(8, 10), size: fc.integer({ min: 0, max: 200 }) }),
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(sizes, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (packets, cuts) => {
        const guard = new FrameGuard(limits)
        const bytes = Uint8Array.from([...connect, ...packets.flatMap(({ type, size }) => packet(type, size))])
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const end = at + cuts[i % cuts.length]!
          expect(guard.refuses(bytes.subarray(at, end))).toBeNull()
          at = end
        }
      }),
    )
  })

  test('refuses a length above the limit as soon as it is known, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1001, max: 268_435_455 }), fc.boolean(), (size, whole) => {
        const guard = new FrameGuard(limits)
        const head = Uint8Array.from([...connect, 0x30, ...length(size)])
        const refusals = whole ? [guard.refuses(head)] : [...head].map((byte) => guard.refuses(Uint8Array.of(byte)))
        expect(refusals.some((refusal) => refusal !== null)).toBe(true)
      }),
    )
  })

  test.each([
    ['a PUBLISH before CONNECT', [0x30, 0]],
    ['a huge CONNECT', [0x10, ...length(201)]],
    ['a length of five bytes', [...connect, 0x30, 0x80, 0x80, 0x80, 0x80, 0x01]],
    ['a reserved type', [...connect, 0xf0]],
    ['type 0', [...connect, 0x00]],
    ['a packet that only servers send', [...connect, 0x20]],
    ['an acknowledgement with a long tail', [...connect, 0x40, ...length(257)]],
    ['a packet of the QoS 2 handshake', [...connect, 0x62]],
  ])('refuses %s', (_what, bytes) => {
    expect(new FrameGuard(limits).refuses(Uint8Array.from(bytes))).not.toBeNull()
  })
})
