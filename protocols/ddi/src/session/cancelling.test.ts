import { describe, expect, test } from 'vitest'
import { cancel, hour, install, looked, said, settings, takeFeedback, visit } from '../test/session.ts'
import { emptyMemory } from './memory.ts'
import { takeCancelFeedback } from './take-cancel.ts'
import { setAutoConfirm, takeConfirmation } from './take-confirmation.ts'
import { lookAt } from './visit.ts'

describe('a cancellation', () => {
  const cancelling = () => visit(looked(), [cancel(9, 'd7')])

  test('is shown instead of the action, under the action’s own id', () => {
    const planned = cancelling()
    expect(planned.shown).toMatchObject({ cancel: 7 })
    expect(planned.shown.deployment).toBeUndefined()
    expect(planned.taken).toEqual([{ id: 9, error: null }])
    expect(lookAt(planned, 7, settings, 0)).toBeNull()
  })

  test.each(['closed', 'canceled'] as const)('that the device confirms with %s ends the delivery', (execution) => {
    const answer = takeCancelFeedback(cancelling().memory, 7, said(execution, 'success'))
    expect(answer).toMatchObject({ status: 200, inputs: [{ kind: 'outcome', result: 'failed', error: 'cancelled' }] })
    expect(takeCancelFeedback(answer.memory, 7, said('closed', 'success')).status).toBe(410)
  })

  test('is known by the id in the address or by the one in the body', () => {
    expect(takeCancelFeedback(cancelling().memory, 99, said('closed', 'success', { id: 7 })).status).toBe(200)
    expect(takeCancelFeedback(cancelling().memory, 99, said('closed', 'success')).status).toBe(404)
  })

  test('that the device rejects lets the action go on', () => {
    const { memory } = takeCancelFeedback(cancelling().memory, 7, said('rejected'))
    expect(visit(memory).shown.deployment?.action).toBe(7)
    expect(takeFeedback(memory, 7, said('closed', 'success')).inputs.at(-1)).toMatchObject({ result: 'installed' })
  })

  test('that the device fails at is a failure; one that it works on stays', () => {
    const { memory } = takeCancelFeedback(cancelling().memory, 7, said('proceeding'))
    expect(visit(memory).shown.cancel).toBe(7)
    expect(takeCancelFeedback(memory, 7, said('closed', 'failure')).inputs).toMatchObject([{ error: 'device-failed' }])
  })

  test('that comes too late loses to what the device has done', () => {
    const done = takeFeedback(cancelling().memory, 7, said('closed', 'success'))
    expect(done.inputs.at(-1)).toMatchObject({ result: 'installed' })
  })

  test('of what the device has not seen needs no device', () => {
    const planned = visit(emptyMemory, [install(7), cancel(9, 'd7')])
    expect(planned.shown.deployment).toBeUndefined()
    expect(planned.taken.map(({ id }) => id)).toEqual([9, 7])
    expect(planned.inputs).toMatchObject([{ kind: 'outcome', error: 'cancelled', delivery: 'd7' }])
  })

  test('of what is not under way is done with', () => {
    expect(visit(emptyMemory, [cancel(9, 'd1')])).toMatchObject({ taken: [{ id: 9 }], inputs: [] })
    expect(takeCancelFeedback(looked(), 7, said('closed', 'success')).status).toBe(404)
  })

  test('that is never answered is given up, so that the device can be given something else', () => {
    const later = visit(cancelling().memory, [install(8, { service: 'app' })], {}, 24 * hour)
    expect(later.shown).toMatchObject({ deployment: { action: 8 } })
    expect(takeFeedback(later.memory, 7, said('closed', 'success')).status).toBe(410)
  })
})

describe('newer work for the same service', () => {
  test('stops the older action first', () => {
    const planned = visit(looked(), [install(8)])
    expect(planned.shown).toMatchObject({ cancel: 7 })
    const { memory } = takeCancelFeedback(planned.memory, 7, said('closed', 'success'))
    expect(visit(memory, [install(8)]).shown.deployment?.action).toBe(8)
  })

  test('is all that a device sees that had not looked', () => {
    const planned = visit(emptyMemory, [install(7), install(8)])
    expect(planned.shown.deployment?.action).toBe(8)
    expect(planned.inputs).toMatchObject([{ kind: 'declined', reason: 'superseded', delivery: 'd7' }])
  })

  test('is not overtaken by older work that comes late', () => {
    const planned = visit(looked(), [install(9, { epoch: 3 })])
    expect(planned.shown.deployment?.action).toBe(7)
    expect(planned.inputs).toMatchObject([{ kind: 'declined', reason: 'superseded', delivery: 'd9' }])
  })

  test('offered anew while the first offer is still in the queue is one action, and nothing is declined', () => {
    const planned = visit(emptyMemory, [install(7, { epoch: 7 }), install(8, { delivery: 'd7', epoch: 7 })])
    expect(planned.shown.deployment?.action).toBe(7)
    expect(planned.inputs).toEqual([])
  })

  test('offered once more for the same delivery is the action in hand', () => {
    const begun = takeFeedback(looked(), 7, said('proceeding')).memory
    const planned = visit(begun, [install(9, { delivery: 'd7', epoch: 7 })])
    expect(planned).toMatchObject({
      shown: { deployment: { action: 7 } },
      taken: [{ id: 9 }],
      inputs: [{ kind: 'accepted' }],
    })
  })
})

describe('confirmation by the device', () => {
  const confirm = { confirm: true }

  test('is asked for where the hub is set so, before the action can be begun', () => {
    const planned = visit(emptyMemory, [install(7)], confirm)
    expect(planned.shown).toMatchObject({ confirmation: { action: 7 }, confirmationBase: true })
    const memory = looked(confirm)
    expect(takeFeedback(memory, 7, said('proceeding')).status).toBe(404)
    const confirmed = takeConfirmation(memory, 7, { confirmation: 'confirmed', code: null, details: [] }).memory
    expect(visit(confirmed, [], confirm).shown.deployment?.action).toBe(7)
    expect(takeConfirmation(confirmed, 7, { confirmation: 'confirmed', code: null, details: [] }).status).toBe(404)
  })

  test('denied is a refusal', () => {
    const denied = takeConfirmation(looked(confirm), 7, { confirmation: 'denied', code: 3, details: ['exam week'] })
    expect(denied.inputs).toMatchObject([
      { kind: 'declined', reason: 'refused', detail: 'Device: denied, code 3; exam week' },
    ])
    expect(takeConfirmation(denied.memory, 7, { confirmation: 'confirmed', code: null, details: [] }).status).toBe(410)
  })

  test('is switched off by the device, which confirms what waits, and on again', () => {
    const off = setAutoConfirm(looked(confirm), true, { initiator: 'anna', remark: '' }, 5)
    expect(visit(off, [], confirm).shown).toMatchObject({ deployment: { action: 7 }, confirmationBase: false })
    const on = setAutoConfirm(emptyMemory, false, { initiator: '', remark: '' }, 6)
    expect(visit(on, [install(8)]).shown).toMatchObject({ confirmation: { action: 8 } })
  })
})
