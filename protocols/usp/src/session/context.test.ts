import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits, sar } from '../wire/index.ts'
import { SessionContext, type SessionDraft } from './context.ts'
import type { SessionContextRecord } from '../wire/index.ts'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
const bytes = (value: string): Uint8Array => Buffer.from(value)

const record = (draft: SessionDraft): SessionContextRecord => ({
  sessionId: 7n,
  sequenceId: 1n,
  expectedId: 1n,
  retransmitId: 0n,
  payloadSarState: sar.none,
  payloadrecSarState: sar.none,
  payload: [],
  ...draft,
})
const numbered = (sequenceId: bigint, payload: string, more: SessionDraft = {}): SessionContextRecord =>
  record({ sequenceId, payload: [bytes(payload)], ...more })

const failure = (act: () => unknown): object => {
  try {
    return { done: act() }
  } catch (error) {
    const { code, clause } = error as { code: number; clause: string }
    return { code, clause }
  }
}

describe('a session context', () => {
  test('numbers its records from 1, one by one, and says what it expects', () => {
    const context = new SessionContext(7n)
    context.receive(numbered(1n, 'hello'), 0)
    const sent = [...context.send(bytes('a'), 100), ...context.send(bytes('b'), 100)]
    expect(sent.map(({ sequenceId, expectedId }) => [sequenceId, expectedId])).toEqual([
      [1n, 2n],
      [2n, 2n],
    ])
  })

  test('takes records in order whatever order they come in, each once', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 40 }, (_, index) => index + 1),
          { minLength: 40 },
        ),
        fc.array(fc.integer({ min: 1, max: 40 })),
        (order, doubled) => {
          const context = new SessionContext(7n)
          const heard: string[] = []
          for (const sequence of [...order, ...doubled])
            for (const message of context.receive(numbered(BigInt(sequence), String(sequence)), 0).messages)
              heard.push(text(message))
          expect(heard).toEqual(Array.from({ length: 40 }, (_, index) => String(index + 1)))
        },
      ),
    )
  })

  test('asks once for a record that is missing', () => {
    const context = new SessionContext(7n)
    const asked = [2n, 3n, 4n].flatMap((sequence) => context.receive(numbered(sequence, 'x'), 0).send)
    expect(asked.map(({ retransmitId, payload }) => [retransmitId, payload!.map(text)])).toEqual([[1n, ['']]])
  })

  test('sends a record again that the other asks for, until it has confirmed it', () => {
    const context = new SessionContext(7n)
    context.send(bytes('first'), 100)
    const again = context.receive(record({ sequenceId: 1n, retransmitId: 1n }), 0).send
    expect(again.map(({ sequenceId, payload }) => [sequenceId, text(payload![0]!)])).toEqual([[1n, 'first']])
    expect(failure(() => context.receive(record({ sequenceId: 2n, expectedId: 2n, retransmitId: 1n }), 0))).toEqual({
      code: 7105,
      clause: 'R-E2E.21',
    })
  })

  test('fails when one record is asked for again and again', () => {
    const context = new SessionContext(7n)
    context.send(bytes('first'), 100)
    const ask = (n: number) => context.receive(record({ sequenceId: BigInt(n), retransmitId: 1n }), 0)
    for (let turn = 1; turn <= limits.retransmissions; turn++) ask(turn)
    expect(failure(() => ask(limits.retransmissions + 1))).toEqual({ code: 7105, clause: 'R-E2E.21' })
  })

  test.each([1, 2, 3, 10, 100, 1000])('a message in segments of %i bytes is put together again', (most) => {
    const from = new SessionContext(7n)
    const to = new SessionContext(7n)
    const message = 'a message that is longer than most are'
    const records = from.send(bytes(message), most)
    expect(
      records.map(({ payloadSarState, payloadrecSarState }) => payloadSarState === payloadrecSarState),
    ).not.toContain(false)
    const heard = records.flatMap((draft) => to.receive(record(draft), 0).messages)
    expect(heard.map(text)).toEqual([message])
  })

  test.each([
    ['a segment before the first', { payloadSarState: sar.inProcess }, 7104, 'SAR'],
    ['an unknown state of segments', { payloadSarState: 9 }, 7104, 'SAR'],
    ['a sequence id near the end', { sequenceId: 2n ** 64n - 5n }, 7105, 'R-E2E.8'],
  ])('%s ends it', (_what, draft, code, clause) => {
    const context = new SessionContext(7n)
    expect(failure(() => context.receive(numbered(1n, 'x', draft), 0))).toEqual({ code, clause })
  })

  test('a second first segment ends it', () => {
    const context = new SessionContext(7n)
    context.receive(numbered(1n, 'x', { payloadSarState: sar.begin }), 0)
    expect(failure(() => context.receive(numbered(2n, 'x', { payloadSarState: sar.begin }), 0))).toMatchObject({
      code: 7104,
    })
  })

  test('a payload that is secured is refused', () => {
    expect(failure(() => new SessionContext(7n).receive(numbered(1n, 'x'), 1))).toEqual({
      code: 7102,
      clause: 'R-E2E.19',
    })
  })

  test.each([
    [
      'segments without end',
      (n: number) => numbered(BigInt(n), 'x'.repeat(65_536), { payloadSarState: n === 1 ? 1 : 2 }),
    ],
    ['records that come too early without end', (n: number) => numbered(BigInt(n + 1), 'x')],
  ])('%s are bounded', (_what, next) => {
    const context = new SessionContext(7n)
    const all = () => {
      for (let n = 1; n < 1000; n++) context.receive(next(n), 0)
    }
    expect(all).toThrow(/1048576 bytes|64 later ones/)
  })

  test('what is not confirmed is bounded', () => {
    const context = new SessionContext(7n)
    expect(() => {
      for (let n = 0; n < 1000; n++) context.send(bytes('x'), 100)
    }).toThrow('were not confirmed')
  })
})
