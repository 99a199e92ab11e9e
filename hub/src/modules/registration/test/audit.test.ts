import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { verifyExport } from '@sutler/trust/audit'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'
import { until } from '../../../../../test/support/until.ts'
import { startHub, type TestHub } from './hub.ts'

interface Row {
  chain: number
  position: number
  hash: Buffer
  entry: string
}

const rowsOf = (hub: TestHub) =>
  hub.database.owner.sql<Row[]>`
    select chain, position, hash, entry from registration.registration_audit_entry order by at, chain, position`

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into entries of every shape
const entriesOf = async (hub: TestHub): Promise<any[]> => (await rowsOf(hub)).map(({ entry }) => JSON.parse(entry))

const sha256 = (...parts: (Buffer | string)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

test('a change and the decision that allowed it are one row, in the transaction of the change', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const made = await hub.request('POST', '/households', { token, body: { name: 'Meier', timeZone: 'UTC' } })
  const entry = (await entriesOf(hub)).find(({ action }) => action === 'household.write')
  expect(entry).toMatchObject({
    tenant: 'main',
    decision: expect.stringMatching(/^dec-/),
    principal: { kind: 'person' },
    verdict: 'allowed',
    reason: 'granted to operator; relation: any',
    changes: [{ type: 'household.created', subject: made.json.id }],
  })
  expect(entry.about).toContain(made.json.id)
})

test('rows say who did what by ids, and never what people or homes are called; lists look up what accounts are called now', async () => {
  const hub = await startHub()
  const { id, token } = await hub.person('anna-of-nowhere', ['operator'])
  await hub.request('POST', '/households', { token, body: { name: 'Meier-of-nowhere', timeZone: 'UTC' } })
  await hub.request('POST', '/invitations', { token, body: { roles: ['sponsor'], email: 'b@nowhere.example' } })
  await hub.registration.flushAudit()
  expect((await rowsOf(hub)).filter(({ entry }) => entry.includes('nowhere'))).toEqual([])
  const { json } = await hub.request('GET', `/audit?principal=${id}&action=household.write`, { token })
  expect(json.items).toMatchObject([{ principal: { id, kind: 'person', name: 'anna-of-nowhere' } }])
})

test('rows and heads are listed newest first when that is asked for, page by page, none missing and none twice', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  for (const name of ['A', 'B', 'C', 'D', 'E'])
    await hub.request('POST', '/households', { token, body: { name, timeZone: 'UTC' } })
  const listed = async (list: string): Promise<unknown[]> => {
    const items: unknown[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = `${list}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`
      const { json } = await hub.request('GET', page, { token })
      items.push(...json.items)
      cursor = json.next
    }
    return items
  }
  const oldest = await listed('/audit?action=household.created')
  expect(oldest).toHaveLength(5)
  expect(await listed('/audit?action=household.created&sort=newest')).toEqual(oldest.toReversed())
  await hub.request('GET', '/audit/export', { token })
  await hub.request('POST', '/households', { token, body: { name: 'F', timeZone: 'UTC' } })
  await hub.request('GET', '/audit/export', { token })
  const heads = await listed('/audit/heads?sort=oldest')
  expect(heads.length).toBeGreaterThan(1)
  expect(await listed('/audit/heads?sort=newest')).toEqual(heads.toReversed())
})

test('a transaction that is rolled back leaves no row of what it changed', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  const refused = await hub.request('POST', '/claims', { token, body: { household: 'hh-nowhere' } })
  expect(refused.status).toBe(422)
  await hub.registration.flushAudit()
  const claims = (await entriesOf(hub)).filter(({ action }) => action === 'claim.write')
  expect(claims).toMatchObject([{ verdict: 'allowed', changes: [], object: { household: 'hh-nowhere' } }])
})

test('of changes that share a transaction each is one row with its own decision, and what is refused changes nothing', async () => {
  const hub = await startHub()
  const { id: first, token } = await hub.person('o1', ['operator'])
  const other = await hub.person('o2', ['operator'])
  const made = await Promise.all(
    [token, other.token, token, other.token].map((by, i) =>
      hub.request('POST', '/households', { token: by, body: { name: `H ${i}`, timeZone: 'UTC' } }),
    ),
  )
  const homes: string[] = made.map(({ json }) => json.id)
  const claims = await Promise.all(
    [homes[0], 'hh-nowhere', homes[1]].map((household) =>
      hub.request('POST', '/claims', { token, body: { household } }),
    ),
  )
  expect(claims.map(({ status }) => status)).toEqual([201, 422, 201])
  await hub.registration.flushAudit()
  const entries = await entriesOf(hub)
  const households = homes.map((id) => entries.filter(({ changes }) => changes[0]?.subject === id))
  expect(households.map((rows) => rows.map(({ principal, changes }) => [principal.id, changes.length]))).toEqual([
    [[first, 1]],
    [[other.id, 1]],
    [[first, 1]],
    [[other.id, 1]],
  ])
  const ofClaims = entries.filter(({ action }) => action === 'claim.write')
  const told = ofClaims.map(({ object, changes }) => `${object.household} ${changes.length}`)
  expect(told.toSorted()).toEqual([`${homes[0]} 1`, `${homes[1]} 1`, 'hh-nowhere 0'].toSorted())
})

test('reads, refusals and strangers are recorded within a moment, repeats of a minute as a number', async () => {
  const hub = await startHub()
  const { token, id } = await hub.person('me', ['sponsor'])
  for (let i = 0; i < 5; i++) await hub.request('GET', '/accounts', { token })
  for (let i = 0; i < 3; i++) await hub.request('GET', '/accounts', { token: await hub.operator() })
  await hub.request('GET', '/me', { token })
  await hub.request('GET', '/accounts')
  hub.clock.advance(61_000)
  await hub.registration.flushAudit()
  const told = (await entriesOf(hub))
    .filter(({ action }) => /account.read|getPrincipal/.test(action))
    .map(
      ({ principal, action, verdict, count }) =>
        `${principal.id === id ? 'me' : principal.kind} ${action} ${verdict} ${count}`,
    )
  expect(told).toEqual([
    'me account.read forbidden 1',
    'person account.read allowed 1',
    'me getPrincipal allowed 1',
    'nobody account.read refused 1',
    'me account.read forbidden 5',
    'person account.read allowed 3',
  ])
})

test('every chain is whole: each hash is that of the hash before it and of its own text', async () => {
  const hub = await startHub()
  const token = await hub.operator()
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      hub.request('POST', '/households', { token, body: { name: `H ${i}`, timeZone: 'UTC' } }),
    ),
  )
  await hub.registration.flushAudit()
  const byChain = Map.groupBy(await rowsOf(hub), ({ chain }) => chain)
  const heads = await hub.database.owner.sql<
    Row[]
  >`select chain, position, hash from registration.registration_audit_chain`
  let rows = 0
  for (const head of heads) {
    let hash = sha256(`sutler audit chain ${head.chain}`)
    const chain = (byChain.get(head.chain) ?? []).toSorted((a, b) => a.position - b.position)
    for (const [index, row] of chain.entries()) {
      hash = sha256(hash, sha256(row.entry))
      expect([row.position, row.hash.toString('hex')]).toEqual([index + 1, hash.toString('hex')])
    }
    expect([head.position, head.hash.toString('hex')]).toEqual([chain.length, hash.toString('hex')])
    rows += chain.length
  }
  expect(rows).toBeGreaterThan(40)
  expect(byChain.size).toBeGreaterThan(1)
})

test('rows that are old enough are removed by a signed statement, and the rest can still be verified', async () => {
  const hub = await startHub()
  const { name, password, token } = await hub.firstOperator()
  const exported = async (as: string): Promise<string[]> => {
    const { text } = await hub.request('GET', '/audit/export', { token: as })
    return text.split('\n').filter((line) => line !== '')
  }
  await hub.request('POST', '/households', { token, body: { name: 'Old', timeZone: 'UTC' } })
  const before = await exported(token)
  hub.clock.advance(1_096 * 86_400_000)
  const cut = () =>
    hub.database.owner.sql<{ cut: string | null }[]>`select cut from registration.registration_audit_head`
  await until(async () => (await cut())[0]?.cut)
  const later = await hub.login(name, password)
  await hub.request('POST', '/households', { token: later, body: { name: 'New', timeZone: 'UTC' } })
  const after = await exported(later)
  expect(after.filter((line) => line.includes('household.created'))).toHaveLength(1)
  expect(before.join()).toContain('household.created')
  const verdict = async (lines: readonly string[]) =>
    (await verifyExport(nodeTrustCrypto, () => each(lines), null)).findings
  expect(await verdict(after)).toEqual([])
  const forged = after.map((line) => line.replace(/"cut":"[^"]{10}/, '"cut":"AAAAAAAAAA'))
  expect(await verdict(forged)).toEqual([expect.stringMatching(/^rows before head \d+ were removed without a signed/)])
})

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}
