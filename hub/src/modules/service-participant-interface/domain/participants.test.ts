import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { concerns, type Interest } from './interest.ts'
import { formatPosition, isAfter, parsePosition } from './position.ts'
import { retryDelay, webhookMessage } from './webhook-message.ts'

const all: Interest = { types: [], scope: { tenant: 'main', all: true, households: [], owner: 'o' } }
const own: Interest = { types: [], scope: { tenant: 'main', all: false, households: ['h1'], owner: 's' } }

describe('who hears of an event', () => {
  const event = { tenant: 'main', type: 'delivery.confirmed', subject: 'd1', household: 'h1' }
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
      { position, at, tenant: 'main', type: 'order.completed', subject: 'ord-1', household: 'h1', data: { a: 1 } },
      { secret, seconds: 1767225600, source: 'http://hub' },
    )
    expect(JSON.parse(message.body)).toMatchObject({ specversion: '1.0', id: 'evt_7.3', type: 'order.completed' })
    const signed = createHmac('sha256', '0123456789abcdef')
      .update(`evt_7.3.1767225600.${message.body}`)
      .digest('base64')
    expect(message.headers['webhook-signature']).toBe(`v1,${signed}`)
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
