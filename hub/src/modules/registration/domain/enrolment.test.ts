import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { approvalMistake } from './approval.ts'
import { planEnrolments, ticketLifetime, type EnrolmentRequest, type KnownClaim } from './enrolment.ts'
import type { NativeTicket } from './ticket.ts'

const claim = (more: Partial<KnownClaim> = {}): KnownClaim => ({
  id: 'clm-1',
  tenant: 'main',
  hash: 'h1',
  household: 'hh-1',
  serial: null,
  serialPrefix: null,
  approval: 'none',
  device: null,
  uses: 1,
  used: 0,
  expiresAt: 1000,
  revoked: false,
  ...more,
})
const ask = (publicKey: string, more: Partial<EnrolmentRequest> = {}): EnrolmentRequest => ({
  claimHash: 'h1',
  serial: 'S1',
  class: 'phone',
  publicKey,
  ...more,
})

let counter = 0
const newId = (prefix: string) => `${prefix}-${counter++}`
const kinds = (requests: EnrolmentRequest[], claims: KnownClaim[], now = 0) =>
  planEnrolments(requests, { claims, devices: [] }, now, newId).answers.map((answer) => answer.kind)

test('a claim used by two keys at once enrols one device', () => {
  expect(kinds([ask('a'), ask('b')], [claim()])).toEqual(['enrolled', 'refused'])
})

test('the same key twice at once is one device', () => {
  const plan = planEnrolments([ask('a'), ask('a')], { claims: [claim()], devices: [] }, 0, newId)
  expect(plan.enrol).toHaveLength(1)
  expect(plan.answers.map((answer) => answer.kind)).toEqual(['enrolled', 'repeated'])
})

test.each([
  ['expired', claim({ expiresAt: 0 })],
  ['revoked', claim({ revoked: true })],
  ['used up', claim({ used: 1 })],
  ['made for another serial', claim({ serial: 'S2' })],
  ['made for other serials', claim({ serialPrefix: 'T' })],
  ['unknown', claim({ hash: 'h2' })],
])('a claim that is %s is refused', (_, known) => {
  expect(kinds([ask('a')], [known])).toEqual(['refused'])
})

test('a device repeats its enrolment after the claim has run out, but not with another claim or once decommissioned', () => {
  const spent = [claim({ used: 1, expiresAt: 0 }), claim({ id: 'clm-2', hash: 'h2' })]
  const known = {
    device: 'dev-x',
    household: 'hh-1',
    claim: 'clm-1',
    publicKey: 'a',
    revoked: false,
    keyRevoked: false,
  }
  const answer = (request: EnrolmentRequest, more: { revoked?: boolean; keyRevoked?: boolean } = {}) =>
    planEnrolments([request], { claims: spent, devices: [{ ...known, ...more }] }, 0, newId).answers[0]
  expect(answer(ask('a'))).toEqual({ kind: 'repeated', device: 'dev-x', household: 'hh-1' })
  expect(answer(ask('a', { claimHash: 'h2' }))).toEqual({ kind: 'refused' })
  expect(answer(ask('a'), { revoked: true })).toEqual({ kind: 'refused' })
  expect(answer(ask('a'), { keyRevoked: true })).toEqual({ kind: 'refused' })
})

test('a claim for a device gives it its identity back, with its key or a new one, once', () => {
  const back = claim({ id: 'clm-2', hash: 'h2', device: 'dev-x' })
  const known = {
    device: 'dev-x',
    household: 'hh-1',
    claim: 'clm-1',
    publicKey: 'a',
    revoked: false,
    keyRevoked: false,
  }
  const plan = (keys: string[], more: object = {}) =>
    planEnrolments(
      keys.map((key) => ask(key, { claimHash: 'h2' })),
      { claims: [back], devices: [{ ...known, ...more }] },
      0,
      newId,
    )
  for (const key of ['a', 'new']) {
    const { answers, enrol, rekey } = plan([key, 'another'])
    expect(answers).toEqual([{ kind: 'enrolled', device: 'dev-x', household: 'hh-1' }, { kind: 'refused' }])
    expect(enrol).toEqual([])
    expect(rekey).toEqual([{ device: 'dev-x', tenant: 'main', household: 'hh-1', claim: 'clm-2', publicKey: key }])
  }
  expect(plan(['a'], { device: 'dev-y' }).answers).toEqual([{ kind: 'refused' }])
  expect(plan(['a'], { keyRevoked: true }).answers).toEqual([{ kind: 'refused' }])
})

describe('a claim that a person has to agree to', () => {
  const asking = claim({ approval: 'person', uses: 2 })
  const waiting = (publicKey: string, more: Partial<NativeTicket> = {}): NativeTicket => ({
    id: `enr-${publicKey}`,
    tenant: 'main',
    household: 'hh-1',
    claim: 'clm-1',
    publicKey,
    serial: 'S1',
    class: 'phone',
    state: 'waiting',
    protocol: 'native',
    identity: null,
    gateway: null,
    device: null,
    says: {},
    askedAt: 0,
    expiresAt: 100,
    decidedBy: null,
    decidedAt: null,
    ...more,
  })
  const plan = (requests: EnrolmentRequest[], tickets: NativeTicket[] = [], claims = [asking], now = 0) =>
    planEnrolments(requests, { claims, devices: [], tickets }, now, newId)
  const answers = (...given: Parameters<typeof plan>) => plan(...given).answers.map(({ kind }) => kind)

  test('has the device wait; there are never more tickets than the claim has uses', () => {
    const { answers, enrol, wait } = plan([ask('a'), ask('a'), ask('b'), ask('c')])
    expect(answers.map(({ kind }) => kind)).toEqual(['waiting', 'waiting', 'waiting', 'refused'])
    expect(enrol).toEqual([])
    expect(wait).toMatchObject([
      { publicKey: 'a', state: 'waiting', expiresAt: ticketLifetime },
      { publicKey: 'b', serial: 'S1' },
    ])
  })

  test('enrols whom the person has agreed to, also after the claim has run out, and nobody else in the place', () => {
    const ended = [{ ...asking, uses: 1, expiresAt: 0 }]
    const agreed = waiting('a', { state: 'approved' })
    const { enrol, ended: tickets } = plan([ask('a')], [agreed], ended, 1)
    expect([enrol.length, tickets]).toEqual([1, ['enr-a']])
    expect(answers([ask('b')], [agreed], [{ ...asking, uses: 1 }])).toEqual(['refused'])
    expect(answers([ask('a', { serial: 'S2' })], [agreed])).toEqual(['refused'])
    expect(answers([ask('a', { class: 'gateway' })], [agreed])).toEqual(['refused'])
    expect(answers([ask('a')], [agreed], [{ ...asking, revoked: true }])).toEqual(['refused'])
    expect(answers([ask('a')], [agreed], ended, 100)).toEqual(['refused'])
  })

  test('refuses whom the person refused, and gives the place to another', () => {
    const one = [{ ...asking, uses: 1 }]
    const refused = waiting('a', { state: 'refused' })
    expect(answers([ask('a'), ask('b')], [refused], one)).toEqual(['refused', 'waiting'])
  })

  test('by an expression asks a person only where it does not hold', () => {
    const clever = [{ ...asking, approval: 'class == "gateway" && serial.startsWith("S")' }]
    expect(answers([ask('a', { class: 'gateway' }), ask('b')], [], clever)).toEqual(['enrolled', 'waiting'])
    expect(answers([ask('a')], [], [{ ...asking, approval: 'serial[0] == 1' }])).toEqual(['waiting'])
  })
})

test.each([
  ['none', 'is good'],
  ['person', 'is good'],
  ['serial.startsWith("GW-") || class == "phone"', 'is good'],
  ['Person', 'reads “Person”'],
  ['serial', 'no truth value'],
  ['serial ==', 'not a usable CEL expression'],
])('the approval %s is judged before anybody relies on it', (approval, mistake) => {
  expect(approvalMistake(approval) ?? 'is good').toContain(mistake)
})

test('no claim is ever used more often than it allows, and no key becomes two devices', () => {
  const request = fc.record({ key: fc.integer({ min: 0, max: 9 }), claim: fc.integer({ min: 1, max: 3 }) })
  const uses = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(request, { maxLength: 40 }), uses, (wanted, allowed) => {
      const claims = allowed.map((most, i) => claim({ id: `clm-${i + 1}`, hash: `h${i + 1}`, uses: most }))
      const requests = wanted.map((each) => ask(`k${each.key}`, { claimHash: `h${each.claim}` }))
      const { enrol, answers } = planEnrolments(requests, { claims, devices: [] }, 0, newId)
      expect(answers).toHaveLength(requests.length)
      expect(new Set(enrol.map((each) => each.publicKey)).size).toBe(enrol.length)
      for (const { id, uses } of claims) {
        expect(enrol.filter((each) => each.claim === id).length).toBeLessThanOrEqual(uses)
      }
    }),
  )
})
