import { describe, expect, it } from 'vitest'
import { jeopardyOf, nextLook, type OpenDelivery, type Timing } from './jeopardy.ts'

const minute = 60_000
const hour = 60 * minute
const start = new Date('2026-01-01T00:00:00Z')
const after = (milliseconds: number) => new Date(start.getTime() + milliseconds)
const timing = (more: Partial<Timing> = {}): Timing => ({
  createdAt: start,
  requestedStart: null,
  requestedCompletion: null,
  expectedCompletion: after(hour),
  ...more,
})
const open = (more: Partial<OpenDelivery> = {}): OpenDelivery => ({
  device: 'dev-1',
  name: 'phone',
  state: 'pending',
  detail: '',
  since: start,
  unreachableSince: null,
  ...more,
})

describe('an order with a requested completion', () => {
  const wanted = timing({ requestedCompletion: after(8 * hour), expectedCompletion: after(8 * hour) })
  it('is in time for three quarters of it, then amber, and red when it has passed', () => {
    const levels = [5, 6, 7.9, 8].map((hours) => jeopardyOf(wanted, [open()], after(hours * hour))?.level)
    expect(levels).toEqual([undefined, 'amber', 'amber', 'red'])
  })
  it('says what is not kept and which device keeps it', () => {
    const away = open({ unreachableSince: start })
    expect(jeopardyOf(wanted, [open({ device: 'dev-2', name: 'gateway' }), away], after(6 * hour))).toEqual({
      level: 'amber',
      message: 'requested by 2026-01-01T08:00Z: that may not be kept',
      cause: 'phone has been unreachable for 6 h, and 1 more',
      at: '2026-01-01T06:00:00.000Z',
    })
  })
  it('that is to begin later is measured from its start', () => {
    const later = timing({ requestedStart: after(4 * hour), requestedCompletion: after(8 * hour) })
    expect(jeopardyOf(later, [open()], after(6.5 * hour))).toBeNull()
    expect(jeopardyOf(later, [open()], after(7 * hour))?.level).toBe('amber')
  })
})

describe('an order that nobody set a time for', () => {
  it('is measured by what such orders took before', () => {
    const levels = [0.9, 1, 24.9, 25].map((hours) => jeopardyOf(timing(), [open()], after(hours * hour))?.level)
    expect(levels).toEqual([undefined, 'amber', 'amber', 'red'])
  })
  it.each<[string, Partial<OpenDelivery>, string]>([
    [
      'held back',
      { state: 'held', detail: 'quiet hours until 06:00' },
      'is held back since 2 h: quiet hours until 06:00',
    ],
    ['at work', { state: 'accepted' }, 'has been at work for 2 h'],
    ['not taken', {}, 'has been offered it for 2 h and does not take it'],
    ['not begun', { state: 'planned' }, 'waits for its turn since 2 h'],
    ['away', { unreachableSince: after(115 * minute) }, 'has been unreachable for 5 min'],
  ])('names the cause: %s', (_what, more, cause) => {
    expect(jeopardyOf(timing(), [open(more)], after(2 * hour))?.cause).toBe(`phone ${cause}`)
  })
  it('names what it waits for when nothing is at a device', () => {
    expect(jeopardyOf(timing(), [], after(2 * hour))?.cause).toContain('waits for what comes before')
  })
})

describe('the next look at an order', () => {
  it('is when it may become amber, then when it may become red, then ever more rarely, but daily', () => {
    const wanted = timing({ requestedCompletion: after(8 * hour) })
    const looks = [0, 6, 8, 9, 20, 1000].map(
      (hours) => (nextLook(wanted, after(hours * hour).getTime()) - start.getTime()) / hour,
    )
    expect(looks).toEqual([6, 8, 8.25, 10, 32, 1024])
  })
})
