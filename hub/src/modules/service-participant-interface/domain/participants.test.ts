import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { filterMistake } from './event-filter.ts'
import { concerns, heard, type Interest } from './interest.ts'
import { formatPosition, isAfter, parsePosition } from './position.ts'
import { retryDelay, signedMessage, webhookMessage } from './webhook-message.ts'

const unnamed = { position: { xact: 1, id: 1 }, at: new Date(0), owners: [] as string[], data: {} }
const all: Interest = { types: [], scope: { tenant: 'main', all: true, households: [], owner: 'o' } }
const own: Interest = { types: [], scope: { tenant: 'main', all: false, households: ['h1'], owner: 's' } }

describe('who hears of an event', () => {
  const event = { tenant: 'main', type: 'delivery.confirmed', subject: 'd1', household: 'h1', ...unnamed }
  it('is decided by the household it concerns', () => {
    expect(concerns(event, own)).toBe(true)
    expect(concerns({ ...event, household: 'h2' }, own)).toBe(false)
    expect(concerns({ ...event, household: null }, own)).toBe(false)
    expect(concerns({ ...event, household: null }, all)).toBe(true)
  })
  it('and by the tenant, before all else', () => {
    expect(concerns({ ...event, tenant: 'acme' }, all)).toBe(false)
    expect(concerns({ ...event, tenant: 'acme' }, own)).toBe(false)
  })
  it('and by the types, subject and household asked for', () => {
    expect(concerns(event, { ...all, types: ['delivery.*'] })).toBe(true)
    expect(concerns(event, { ...all, types: ['delivery.failed', 'order.*'] })).toBe(false)
    expect(concerns(event, { ...all, subject: 'd2' })).toBe(false)
    expect(concerns(event, { ...all, household: 'h2' })).toBe(false)
  })
  it('or by whose it is: a sponsor hears of the own orders in households of others', () => {
    expect(concerns({ ...event, household: 'h2', owners: ['s'] }, own)).toBe(true)
    expect(
      concerns({ ...event, household: 'h2', owners: ['', 'x'] }, { ...own, scope: { ...own.scope, owner: '' } }),
    ).toBe(false)
  })
  it('and by a filter, which counts as not holding where it cannot be answered', () => {
    const failed = { ...event, data: { service: 'guide' } }
    expect(heard(failed, { ...all, filter: 'event.data.service == "guide"' })).toEqual({ holds: true, mistake: null })
    expect(heard(failed, { ...all, filter: 'event.subject == "d2"' })).toEqual({ holds: false, mistake: null })
    expect(heard(failed, { ...all, filter: 'event.data.version == "1"' })).toEqual({
      holds: false,
      mistake: expect.stringContaining('version'),
    })
    expect(heard(failed, { ...own, filter: '1 / 0 == 1', household: 'h2' })).toEqual({ holds: false, mistake: null })
  })
  it('which is refused when it can never be answered', () => {
    expect(filterMistake('event.data.service == "guide"')).toBeNull()
    for (const [source, said] of [
      ['event.data.service ==', 'at character'],
      ['device.class == "phone"', 'device'],
      ['event.kind == "x"', 'event.kind'],
    ] as const)
      expect(filterMistake(source)).toContain(said)
  })
})

describe('a place in the event log', () => {
  it('is ordered by transaction, then by id, and reads back', () => {
    expect(isAfter({ xact: 2, id: 1 }, { xact: 1, id: 9 })).toBe(true)
    expect(isAfter({ xact: 1, id: 1 }, { xact: 1, id: 1 })).toBe(false)
    expect(parsePosition(formatPosition({ xact: 740, id: 12 }))).toEqual({ xact: 740, id: 12 })
    for (const text of ['', '1', '1.', 'x.1', '1.2.3', "1.1'"]) expect(parsePosition(text)).toBeNull()
  })
})

describe('a webhook message', () => {
  it('is a CloudEvent signed as Standard Webhooks asks', () => {
    const secret = Buffer.from('0123456789abcdef').toString('base64')
    const at = new Date('2026-01-01T00:00:00Z')
    const position = { xact: 7, id: 3 }
    const message = webhookMessage(
      {
        position,
        at,
        tenant: 'main',
        type: 'order.completed',
        subject: 'ord-1',
        household: 'h1',
        owners: [],
        data: { a: 1 },
      },
      { secrets: [secret], seconds: 1767225600, source: 'http://hub' },
    )
    expect(JSON.parse(message.body)).toMatchObject({ specversion: '1.0', id: 'evt_7.3', type: 'order.completed' })
    const signed = createHmac('sha256', '0123456789abcdef')
      .update(`evt_7.3.1767225600.${message.body}`)
      .digest('base64')
    expect(message.headers['webhook-signature']).toBe(`v1,${signed}`)
  })
  it('carries a signature by each secret that counts', () => {
    const { headers } = signedMessage('evt_1.1', {}, 'application/json', { secrets: ['YQ==', 'Yg=='], seconds: 1 })
    expect(headers['webhook-signature']).toMatch(/^v1,[^ ]+ v1,[^ ]+$/)
  })
  it('waits as long as the receiver asks, but no longer than an hour', () => {
    expect(retryDelay(1, 60_000)).toBe(60_000)
    expect(retryDelay(1, 999_999_999)).toBe(3_600_000)
    expect(retryDelay(99, 60_000)).toBeNull()
  })
  it('is tried again for about a day, then no more', () => {
    let total = 0
    for (let failures = 1; ; failures++) {
      const delay = retryDelay(failures)
      if (delay === null) break
      total += delay
    }
    expect(total / 3_600_000).toBeGreaterThan(24)
    expect(total / 3_600_000).toBeLessThan(27)
  })
})
