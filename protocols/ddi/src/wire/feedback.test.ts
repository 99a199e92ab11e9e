import { describe, expect, test } from 'vitest'
import { DdiError } from '../errors.ts'
import { bytesOf, thrownBy } from '../test/values.ts'
import { readAutoConfirm, readConfirmation } from './confirmation.ts'
import { detailsKept, executions, readFeedback } from './feedback.ts'

const closed = { execution: 'closed', result: { finished: 'success' } }

describe('feedback', () => {
  test.each(executions)('with execution %s is read', (execution) => {
    const body = { id: '7', status: { execution, result: { finished: 'none' }, details: ['a', 'b'] } }
    expect(readFeedback(bytesOf(body))).toMatchObject({ id: 7, execution, finished: 'none', details: ['a', 'b'] })
  })

  test('as swupdate sends it is read', () => {
    const given = bytesOf({
      id: '12',
      time: '20261122T061442',
      status: { result: { progress: { cnt: 3, of: 5 }, finished: 'none' }, execution: 'proceeding', details: [''] },
    })
    expect(readFeedback(given)).toEqual({
      id: 12,
      time: Date.UTC(2026, 10, 22, 6, 14, 42),
      execution: 'proceeding',
      finished: 'none',
      progress: { done: 3, total: 5 },
      code: null,
      details: [''],
    })
  })

  test('as the newest hawkBit describes it, without id and time but with a timestamp, is read', () => {
    const given = { timestamp: 1_627_997_501_890, status: { ...closed, code: 200, details: null } }
    expect(readFeedback(bytesOf(given))).toMatchObject({ id: null, time: 1_627_997_501_890, code: 200, details: [] })
  })

  test('may name its action by number or by text', () => {
    for (const id of [41, '41']) expect(readFeedback(bytesOf({ id, status: closed })).id).toBe(41)
    expect(thrownBy(() => readFeedback(bytesOf({ id: 'x', status: closed })))).toMatchObject({
      code: 'bad-field',
      pointer: '/id',
    })
  })

  test('with an empty progress, a progress beyond its end, or one line as its details is read', () => {
    const progress = (given: unknown) =>
      readFeedback(bytesOf({ status: { execution: 'proceeding', result: { finished: 'none', progress: given } } }))
        .progress
    expect(progress({})).toBeNull()
    expect(progress({ cnt: 9, of: 4 })).toEqual({ done: 4, total: 4 })
    expect(progress({ cnt: 1, of: 0 })).toBeNull()
    expect(readFeedback(bytesOf({ status: { ...closed, details: 'done' } })).details).toEqual(['done'])
  })

  test('that goes on needs no result, and one that closes does', () => {
    expect(readFeedback(bytesOf({ status: { execution: 'scheduled' } })).finished).toBe('none')
    const error = thrownBy(() => readFeedback(bytesOf({ status: { execution: 'closed' } })))
    expect(error).toMatchObject({ code: 'bad-field', pointer: '/status/result' })
  })

  test('with a whole log in its details is cut, not refused', () => {
    const details = Array.from({ length: 200 }, () => 'x'.repeat(290))
    const read = readFeedback(bytesOf({ status: { ...closed, details } }))
    expect(read.details).toHaveLength(detailsKept.lines)
    expect(readFeedback(bytesOf({ status: { ...closed, details: ['y'.repeat(5000)] } })).details[0]).toHaveLength(
      detailsKept.characters,
    )
  })

  test.each([
    ['no object', [], ''],
    ['no status', {}, '/status'],
    ['an execution that does not exist', { status: { execution: 'finished' } }, '/status/execution'],
    [
      'a result that does not exist',
      { status: { execution: 'closed', result: { finished: 'maybe' } } },
      '/status/result/finished',
    ],
    ['a code that is no number', { status: { ...closed, code: 1.5 } }, '/status/code'],
    ['details that are no texts', { status: { ...closed, details: [1] } }, '/status/details'],
    ['inherited names', { status: { execution: 'constructor' } }, '/status/execution'],
  ])('with %s is refused and the place is named', (_what, given, pointer) => {
    const error = thrownBy(() => readFeedback(bytesOf(given)))
    expect(error).toBeInstanceOf(DdiError)
    expect(error).toMatchObject({ code: 'bad-field', clause: 'feedback', pointer, status: 400 })
  })
})

describe('a confirmation', () => {
  test('is confirmed or denied, with a code and details', () => {
    const given = { confirmation: 'denied', code: 10, details: ['not now'] }
    expect(readConfirmation(bytesOf(given))).toEqual(given)
    expect(readConfirmation(bytesOf({ confirmation: 'confirmed' }))).toMatchObject({ code: null, details: [] })
    expect(thrownBy(() => readConfirmation(bytesOf({ confirmation: 'yes' })))).toMatchObject({
      pointer: '/confirmation',
    })
  })

  test('by itself may be switched on without a word', () => {
    expect(readAutoConfirm(new Uint8Array())).toEqual({ initiator: '', remark: '' })
    expect(readAutoConfirm(bytesOf({ initiator: 'anna', remark: null }))).toEqual({ initiator: 'anna', remark: '' })
  })
})
