import { describe, expect, test } from 'vitest'
import {
  acknowledgeDown,
  createDeviceSession,
  decodeUp,
  dueMessages,
  limits,
  nextDueAt,
  queueUp,
  receiveDown,
  releaseDown,
  restoreDeviceSession,
  saveDeviceSession,
  sessionConnected,
  WireError,
} from '../index.ts'
import type { DeviceSession, Offer, UpBody, UpMessage } from '../index.ts'

const hello: UpBody = { t: 'hello', versions: [1], agent: 'test/1', boot: 'b1' }
const outcome: UpBody = { t: 'outcome', delivery: 'd1', result: 'installed', digests: [], health: { ok: true } }

function progress(done: number, delivery = 'd1'): UpBody {
  return { t: 'progress', delivery, stage: 'downloading', done, total: 100 }
}

function offer(id: string, changes: Partial<Offer> = {}): Offer {
  const manifest = { digest: new Uint8Array(32), size: 100 }
  const link = { base: 'http://hub/files/x', query: 'q', expires: 1_790_000_000 }
  const what = { service: 'tv-guide', version: '1.0.0', component: 'app', manifest, files: 1, bytes: 10, link }
  return { id, t: 'offer', delivery: 'd1', epoch: 1, ...what, ...changes }
}

function sent(session: DeviceSession, now: number): UpMessage[] {
  return dueMessages(session, now).map(decodeUp)
}

function types(session: DeviceSession, now: number): string[] {
  return sent(session, now).map((message) => message.t)
}

describe('messages to the hub', () => {
  test('are sent once, again after 30 s, and no more once acknowledged', () => {
    const session = createDeviceSession('b1')
    const id = queueUp(session, outcome)
    expect(id).toBe('b1-1')
    expect(nextDueAt(session)).toBe(Number.NEGATIVE_INFINITY)
    expect(sent(session, 1000)).toEqual([{ id, ...outcome }])
    expect(nextDueAt(session)).toBe(31_000)
    expect(sent(session, 30_999)).toEqual([])
    expect(types(session, 31_000)).toEqual(['outcome'])
    expect(receiveDown(session, { t: 'ack', re: [id, 'other'] })).toMatchObject({
      kind: 'acknowledged',
      messages: [{ id }],
    })
    expect(nextDueAt(session)).toBeNull()
    expect(sent(session, 99_000)).toEqual([])
    expect(session.outboxBytes).toBe(0)
  })

  test('after a reconnect go out again, behind the new hello', () => {
    const session = createDeviceSession('b1')
    queueUp(session, outcome)
    dueMessages(session, 0)
    sessionConnected(session)
    queueUp(session, hello)
    expect(types(session, 1)).toEqual(['hello', 'outcome'])
  })

  test('at most 16 wait for their acks', () => {
    const session = createDeviceSession('b1')
    for (let index = 0; index < 20; index++) queueUp(session, { t: 'accept', delivery: `d${index}` })
    const first = sent(session, 0)
    expect(first).toHaveLength(limits.unacknowledged)
    expect(sent(session, 1)).toEqual([])
    receiveDown(session, { t: 'ack', re: first.slice(0, 3).map((message) => ('id' in message ? message.id : '')) })
    expect(sent(session, 2).map((message) => 'delivery' in message && message.delivery)).toEqual(['d16', 'd17', 'd18'])
  })

  test('progress goes out at most once a second, the newest of each delivery, and is not repeated', () => {
    const session = createDeviceSession('b1')
    queueUp(session, progress(1))
    queueUp(session, progress(2))
    expect(sent(session, 5000)).toMatchObject([{ t: 'progress', done: 2 }])
    queueUp(session, progress(3))
    queueUp(session, progress(4))
    expect(sent(session, 5999)).toEqual([])
    expect(nextDueAt(session)).toBe(6000)
    expect(sent(session, 6000)).toMatchObject([{ done: 4 }])
    expect(nextDueAt(session)).toBeNull()
  })

  test('an outcome ends the progress of its delivery, not that of others', () => {
    const session = createDeviceSession('b1')
    queueUp(session, progress(1))
    queueUp(session, progress(1, 'd2'))
    queueUp(session, outcome)
    expect(sent(session, 0)).toMatchObject([{ t: 'progress', delivery: 'd2' }, { t: 'outcome' }])
  })

  test('a newer capability report replaces the one that waits', () => {
    const session = createDeviceSession('b1')
    queueUp(session, { t: 'ping' })
    queueUp(session, { t: 'ping' })
    expect(types(session, 0)).toEqual(['ping'])
  })

  test('acks of one moment share a message, those with an error have their own', () => {
    const session = createDeviceSession('b1')
    receiveDown(session, { id: '1', t: 'ping' })
    acknowledgeDown(session, '2', 'unknown-type')
    receiveDown(session, { id: '3', t: 'ping' })
    expect(sent(session, 0)).toEqual([
      { t: 'ack', re: ['1', '3'] },
      { t: 'ack', re: ['2'], error: 'unknown-type' },
    ])
  })
})

describe('messages from the hub', () => {
  test('an offer is handed out once, and acknowledged when the caller has made it durable', () => {
    const session = createDeviceSession('b1')
    expect(receiveDown(session, offer('1')).kind).toBe('new')
    expect(receiveDown(session, offer('1')).kind).toBe('nothing')
    expect(sent(session, 0)).toEqual([])
    acknowledgeDown(session, '1')
    expect(sent(session, 0)).toEqual([{ t: 'ack', re: ['1'] }])
    expect(receiveDown(session, offer('1')).kind).toBe('nothing')
    expect(sent(session, 0)).toEqual([{ t: 'ack', re: ['1'] }])
  })

  test('an offer that could not be worked on is handed out again when the hub repeats it', () => {
    const session = createDeviceSession('b1')
    receiveDown(session, offer('1'))
    releaseDown(session, '1')
    expect(receiveDown(session, offer('1')).kind).toBe('again')
  })

  test('the same delivery with a new id brings a fresh link', () => {
    const session = createDeviceSession('b1')
    receiveDown(session, offer('1'))
    expect(receiveDown(session, offer('2'))).toMatchObject({ kind: 'again', message: { id: '2' } })
  })

  test('an older epoch of the service is declined as superseded, also when it asks for removal', () => {
    const session = createDeviceSession('b1')
    receiveDown(session, offer('2', { delivery: 'd2', epoch: 2 }))
    expect(receiveDown(session, offer('1')).kind).toBe('declined')
    const remove = { id: '3', t: 'remove', delivery: 'd3', epoch: 1, service: 'tv-guide' } as const
    expect(receiveDown(session, remove).kind).toBe('declined')
    expect(receiveDown(session, offer('4', { delivery: 'd4', service: 'radio' })).kind).toBe('new')
    expect(sent(session, 0)).toMatchObject([
      { t: 'ack', re: ['1', '3'] },
      { t: 'decline', delivery: 'd1', reason: 'superseded' },
      { t: 'decline', delivery: 'd3', reason: 'superseded' },
    ])
  })

  test('an offer that comes after its cancel is declined', () => {
    const session = createDeviceSession('b1')
    expect(receiveDown(session, { id: '2', t: 'cancel', delivery: 'd1' }).kind).toBe('new')
    acknowledgeDown(session, '2')
    const restored = restoreDeviceSession(saveDeviceSession(session), 'b2')
    expect(receiveDown(restored, offer('1')).kind).toBe('declined')
    expect(sent(restored, 0)).toMatchObject([
      { t: 'ack', re: ['1'] },
      { t: 'decline', delivery: 'd1', reason: 'refused', detail: 'cancelled' },
    ])
  })

  test('with a full outbox further work is held back, not acknowledged, and taken later', () => {
    const session = createDeviceSession('b1')
    for (let index = 0; index < limits.outboxMessages; index++) queueUp(session, { ...outcome, delivery: `d${index}` })
    expect(receiveDown(session, offer('1')).kind).toBe('held')
    queueUp(session, { ...outcome, delivery: 'late' })
    expect(session.outbox).toHaveLength(limits.outboxMessages + 1)
    receiveDown(session, { t: 'ack', re: session.outbox.slice(0, 10).map((entry) => entry.id) })
    expect(receiveDown(session, offer('1')).kind).toBe('new')
  })
})

describe('a restart', () => {
  test('keeps what must not be lost, and gives out ids that were never used', () => {
    const session = createDeviceSession('b1')
    for (const body of [hello, { t: 'accept', delivery: 'd1' }, progress(1), outcome, { t: 'ping' }] as UpBody[]) {
      queueUp(session, body)
    }
    receiveDown(session, offer('1', { epoch: 7 }))
    acknowledgeDown(session, '1')
    const restored = restoreDeviceSession(saveDeviceSession(session), 'b2')
    expect(receiveDown(restored, offer('1', { epoch: 7 })).kind).toBe('nothing')
    expect(receiveDown(restored, offer('2', { epoch: 7 })).kind).toBe('again')
    expect(receiveDown(restored, offer('3', { delivery: 'd0', epoch: 6 })).kind).toBe('declined')
    queueUp(restored, hello)
    expect(sent(restored, 0).map((message) => ('id' in message ? message.id : message.re.join()))).toEqual([
      '1,3',
      'b2-2',
      'b1-2',
      'b1-4',
      'b2-1',
    ])
  })

  test('the revision grows exactly when what is saved has changed', () => {
    const session = createDeviceSession('b1')
    let saved = saveDeviceSession(session)
    const steps = [
      () => queueUp(session, hello),
      () => queueUp(session, progress(1)),
      () => queueUp(session, outcome),
      () => dueMessages(session, 0),
      () => receiveDown(session, offer('1')),
      () => receiveDown(session, offer('1')),
      () => acknowledgeDown(session, '1'),
      () => receiveDown(session, { id: '2', t: 'cancel', delivery: 'd9' }),
      () => receiveDown(session, { t: 'ack', re: ['b1-1'] }),
      () => receiveDown(session, { t: 'ack', re: ['b1-3'] }),
    ]
    for (const step of steps) {
      const { revision } = session
      step()
      const next = saveDeviceSession(session)
      expect(session.revision !== revision).toBe(Buffer.compare(next, saved) !== 0)
      saved = next
    }
  })

  test('bytes that were not saved by it are refused', () => {
    expect(() => restoreDeviceSession(new Uint8Array(0), 'b')).toThrow(WireError)
    expect(() => restoreDeviceSession(saveDeviceSession(createDeviceSession('a')).slice(0, -1), 'b')).toThrow(WireError)
  })
})
