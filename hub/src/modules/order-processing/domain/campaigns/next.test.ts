import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCampaign, checkSizes } from './check.ts'
import { day, defaults, type CampaignDocument, type Gate } from './document.ts'
import { isEnd, nextStep, rollBackAtMost, type Facts, type Phase, type WaveFacts } from './next.ts'

const start = Date.UTC(2026, 0, 1)
const minute = 60_000

function campaign(changes: Partial<CampaignDocument> = {}): CampaignDocument {
  return {
    name: 'guide 2',
    selection: { filter: 'true' },
    joining: false,
    order: { action: 'modify', service: 'guide' },
    waves: [{ count: 10 }, { percent: 50 }],
    rate: { perMinute: 100 },
    gates: [],
    approvals: [],
    windows: [],
    errorBudget: null,
    within: defaults.within,
    onDeadline: 'abort',
    pauseAtMost: defaults.pauseAtMost,
    ...changes,
  }
}

const wave = (number: number, changes: Partial<WaveFacts> = {}): WaveFacts => ({
  number,
  size: 10,
  open: 0,
  done: 0,
  failed: 0,
  cancelled: 0,
  placedAt: null,
  passedAt: null,
  ...changes,
})

function facts(changes: Partial<Facts> = {}): Facts {
  return {
    phase: 'running',
    since: start,
    startedAt: start,
    countedFrom: start,
    waves: [wave(1), wave(2)],
    current: 1,
    left: false,
    leftInWindow: false,
    opensAt: null,
    approved: new Set(),
    waived: new Set(),
    ran: 0,
    open: 0,
    bucket: {
      tokens: 100,
      at: start,
    },
    toUndo: 0,
    resumedAt: null,
    ...changes,
  }
}

const gate = (changes: Partial<Gate> = {}): Gate => ({
  after: 1,
  success: 0.9,
  within: day,
  else: 'roll-back',
  ...changes,
})
const step = (document: CampaignDocument, known: Facts, at = start) => nextStep(document, known, at, minute)

describe('a campaign that runs', () => {
  it('begins its first wave, orders as many as the rate allows, and begins the next when the gate opened', () => {
    const document = campaign({ gates: [gate()] })
    expect(step(document, facts({ current: 0 }))).toMatchObject({ begin: 1, next: 'running' })
    const placing = facts({ left: true, leftInWindow: true, bucket: { tokens: 7, at: start } })
    expect(step(document, placing)).toMatchObject({ place: 7, next: 'running', until: start })
    const done = facts({ waves: [wave(1, { done: 10, placedAt: start }), wave(2)] })
    expect(step(document, done)).toMatchObject({ begin: 2, passed: 1 })
  })
  it('waits for enough outcomes, and until they have been watched long enough', () => {
    const document = campaign({ gates: [gate({ sample: 5, soak: 60 * minute })] })
    const few = facts({ waves: [wave(1, { done: 4, open: 6, placedAt: start }), wave(2)] })
    expect(step(document, few)).toMatchObject({ next: 'waiting', why: 'wave 1: 4 of 5 outcomes are known', place: 0 })
    const enough = facts({ waves: [wave(1, { done: 5, open: 5, placedAt: start }), wave(2)] })
    expect(step(document, enough).why).toContain('still being watched')
    expect(step(document, enough, start + 60 * minute)).toMatchObject({ begin: 2 })
  })
  it('does what the gate says as soon as it can no longer open, also while the wave is still being ordered', () => {
    const document = campaign({ gates: [gate()] })
    const waves = [wave(1, { failed: 2, open: 3, size: 10 }), wave(2)]
    expect(step(document, facts({ waves, left: true, leftInWindow: true }))).toMatchObject({
      next: 'rolling-back',
      why: '2 of 10 devices failed; at most 10 % may',
      tripped: 'gate:1',
    })
  })
  it('goes on past a gate that a person waived', () => {
    const waves = [wave(1, { failed: 9, done: 1, placedAt: start }), wave(2)]
    const known = facts({ waves, waived: new Set(['gate:1']) })
    expect(step(campaign({ gates: [gate()] }), known)).toMatchObject({ begin: 2 })
  })
  it('trips a gate that does not open in time', () => {
    const waves = [wave(1, { open: 10, placedAt: start }), wave(2)]
    expect(step(campaign({ gates: [gate()] }), facts({ waves }), start + day)).toMatchObject({ next: 'rolling-back' })
  })
  it('waits for a second person, and no longer than it says', () => {
    const document = campaign({ approvals: [{ before: 1, role: 'operator', within: day, else: 'abort' }] })
    const waiting = facts({ current: 0 })
    expect(step(document, waiting)).toMatchObject({ next: 'waiting', place: 0 })
    expect(step(document, { ...waiting, approved: new Set([1]) })).toMatchObject({ begin: 1 })
    expect(step(document, waiting, start + day)).toMatchObject({ next: 'aborting', tripped: 'approval:1' })
  })
  it('places nothing where no window is open, and looks again when one opens', () => {
    const known = facts({ left: true, leftInWindow: false, opensAt: start + 30_000 })
    expect(step(campaign(), known)).toMatchObject({ next: 'running', place: 0, until: start + 30_000 })
  })
  it('stops when the budget of errors is spent, whatever the wave', () => {
    const document = campaign({ errorBudget: { share: 0.1, sample: 10, else: 'pause' } })
    const waves = [wave(1, { failed: 2, done: 8 }), wave(2)]
    expect(step(document, facts({ waves }))).toMatchObject({ next: 'paused', tripped: 'budget' })
  })
  it('is completed when every wave is done, and not before', () => {
    const waves = [wave(1, { done: 10, passedAt: start }), wave(2, { open: 1, done: 9, placedAt: start })]
    expect(step(campaign(), facts({ waves, current: 2, open: 1 }))).toMatchObject({ next: 'waiting' })
    expect(step(campaign(), facts({ waves, current: 2 }))).toMatchObject({ next: 'completed' })
  })
  it('that takes in joining devices goes on until its time is over', () => {
    const document = campaign({ joining: true })
    const waves = [wave(1, { done: 10, passedAt: start }), wave(2, { done: 10, passedAt: start })]
    expect(step(document, facts({ waves, current: 2 })).next).toBe('waiting')
    expect(step(document, facts({ waves, current: 2 }), start + document.within).next).toBe('completed')
  })
})

describe('a campaign that goes no further', () => {
  it('is aborted when it was paused for too long', () => {
    const document = campaign({ pauseAtMost: day })
    expect(step(document, facts({ phase: 'paused' }), start + day)).toMatchObject({ next: 'aborting' })
  })
  it('is rolled back at the rate of the campaign, and ends when everybody is back', () => {
    const rolling = facts({ phase: 'rolling-back', toUndo: 5, bucket: { tokens: 3, at: start } })
    expect(step(campaign(), rolling)).toMatchObject({ next: 'rolling-back', place: 3 })
    expect(step(campaign(), facts({ phase: 'rolling-back', open: 2 }))).toMatchObject({
      next: 'rolling-back',
      place: 0,
    })
    expect(step(campaign(), facts({ phase: 'rolling-back' }))).toMatchObject({ next: 'rolled-back' })
    const late = facts({ phase: 'rolling-back', open: 2 })
    expect(step(campaign(), late, start + rollBackAtMost)).toMatchObject({ next: 'failed' })
  })
})

const remedies = fc.constantFrom('pause' as const, 'abort' as const, 'roll-back' as const)
const times = fc.integer({ min: minute, max: 90 * day })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const documents = fc
  .record({
    joining: fc.boolean(),
    gates: fc.array(
      fc.record({
        after: fc.constantFrom(1, 2, 3, 'each' as const),
        success: fc.option(share, { nil: undefined }),
        errors: fc.option(share, { nil: undefined }),
        sample: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
        soak: fc.option(times, { nil: undefined }),
        within: times,
        else: remedies,
      }),
      { maxLength: 3 },
    ),
    approvals: fc.array(
      fc.record({
        before: fc.integer({ min: 1, max: 3 }),
        role: fc.constant('operator'),
        within: times,
        else: remedies,
      }),
      { maxLength: 2 },
    ),
    errorBudget: fc.option(fc.record({ share, sample: fc.integer({ min: 1, max: 50 }), else: remedies })),
    rate: fc.record({ perMinute: fc.integer({ min: 1, max: 10_000 }) }),
    within: times,
    onDeadline: remedies,
    pauseAtMost: times,
  })
  .map((changes) => campaign(changes))
const counts = fc.nat({ max: 30 })
const instants = fc.integer({ min: start - 90 * day, max: start + 90 * day })
const anyWaves = fc
  .array(
    fc.record({
      size: counts,
      open: counts,
      done: counts,
      failed: counts,
      cancelled: counts,
      placedAt: fc.option(instants),
      passedAt: fc.option(instants),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.map((each, index) => ({ ...each, number: index + 1 })))
const anyFacts = anyWaves.chain((waves) =>
  fc.record<Facts>({
    phase: fc.constantFrom<Phase>('running', 'waiting', 'paused', 'aborting', 'rolling-back'),
    since: instants,
    startedAt: instants,
    countedFrom: instants,
    waves: fc.constant(waves),
    current: fc.integer({
      min: 0,
      max: waves.length,
    }),
    left: fc.boolean(),
    leftInWindow: fc.boolean(),
    opensAt: fc.option(instants),
    approved: fc
      .array(
        fc.integer({
          min: 1,
          max: 4,
        }),
      )
      .map((all) => new Set(all)),
    waived: fc.array(fc.constantFrom('budget', 'gate:1', 'gate:2')).map((all) => new Set(all)),
    ran: fc.nat({ max: 90 * day }),
    bucket: fc.record({
      tokens: fc.double({
        min: 0,
        max: 1e3,
        noNaN: true,
      }),
      at: instants,
    }),
    open: counts,
    toUndo: counts,
    resumedAt: fc.option(instants),
  }),
)

describe('whatever a campaign meets', () => {
  it('ends, does something now, or looks again within a minute', () => {
    fc.assert(
      fc.property(documents, anyFacts, (document, known) => {
        const taken = step(document, known)
        const does = taken.begin !== undefined || taken.place > 0 || taken.next !== known.phase
        expect(isEnd(taken.next) || does || (taken.until > start && taken.until <= start + minute)).toBe(true)
        expect(taken.why).not.toBe('')
      }),
      { numRuns: 2_000 },
    )
  })
  it('with nothing heard any more and nobody to help it comes to an end by itself', () => {
    fc.assert(
      fc.property(documents, anyFacts, (document, begun) => {
        let known: Facts = { ...begun, left: false, countedFrom: start, since: start }
        let now = start
        for (let looks = 0; looks < 200; looks++) {
          const taken = step(document, known, now)
          if (isEnd(taken.next)) return
          const entered = taken.next === known.phase ? {} : { phase: taken.next as Phase, since: now }
          const passed = known.waves.map((each) => (each.number === taken.passed ? { ...each, passedAt: now } : each))
          known = { ...known, ...entered, waves: passed, current: taken.begin ?? known.current, toUndo: 0 }
          now += 2 * day
        }
        expect.fail(`still ${known.phase}`)
      }),
    )
  })
})

describe('what can never work', () => {
  const details = (changes: Partial<CampaignDocument>) => checkCampaign(campaign(changes)).map(({ pointer }) => pointer)
  it.each<[string, Partial<CampaignDocument>, string]>([
    ['more than all to succeed', { gates: [gate({ success: 1.01 })] }, '/gates/0/success'],
    ['fewer than none to fail', { gates: [gate({ errors: -0.1 })] }, '/gates/0/errors'],
    ['more outcomes than the wave has devices', { gates: [gate({ sample: 11 })] }, '/gates/0/sample'],
    ['watching for longer than there is time', { gates: [gate({ soak: day })] }, '/gates/0/soak'],
    ['two gates for one wave', { gates: [gate(), gate({ success: 0.1 })] }, '/gates/1/after'],
    ['a gate after a wave that there is not', { gates: [gate({ after: 4 })] }, '/gates/0/after'],
    ['more than everybody', { waves: [{ percent: 60 }, { percent: 41 }] }, '/waves'],
    ['a group twice', { waves: [{ group: 'g' }, { group: 'g' }] }, '/waves'],
    [
      'a rate that grows to less',
      { rate: { perMinute: 10, grows: { factor: 2, every: day, upTo: 5 } } },
      '/rate/grows/upTo',
    ],
    ['joining a list', { selection: { devices: ['d'] }, joining: true }, '/selection/devices'],
    [
      'an approval of a wave that there is not',
      { approvals: [{ before: 4, role: 'operator', within: day, else: 'abort' }] },
      '/approvals/0/before',
    ],
  ])('%s is found when it is written', (_, changes, pointer) => {
    expect(details(changes)).toContain(pointer)
  })
  it('is found in a share of the devices once they are counted', () => {
    const document = campaign({ waves: [{ percent: 1 }], gates: [gate({ sample: 50 })] })
    expect(checkCampaign(document)).toEqual([])
    expect(checkSizes(document, [10, 990])).toMatchObject([{ pointer: '/gates/0/sample' }])
    expect(checkSizes(document, [100, 9_900])).toEqual([])
  })
})
