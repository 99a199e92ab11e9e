import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answer } from '@sutler/client'
import { verifyExport, type AuditVerdict } from '@sutler/trust/audit'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'
import { webTrustCrypto } from '@sutler/trust/web/verify'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'

/** What somebody with the database owner's login does to the audit is found, and the row is named. */

let hub: ComposedHub
let key: string

beforeAll(async () => {
  hub = await composeHub({ clock: systemClock })
}, patience)
afterAll(() => hub?.stop(), patience)

const body = { name: 'H', timeZone: 'UTC' }
const change = async (times: number) => {
  for (let i = 0; i < times; i++) answer(await hub.api.POST('/api/v1/households', { body }))
}

async function exported(): Promise<string[]> {
  const response = await fetch(`${hub.url}/api/v1/audit/export`, {
    headers: { authorization: `Bearer ${hub.connection.token}` },
  })
  return (await response.text()).split('\n').filter((line) => line !== '')
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

async function verified(trusted: string | null = null): Promise<AuditVerdict> {
  const lines = await exported()
  const verdict = await verifyExport(nodeTrustCrypto, () => each(lines), trusted)
  expect(await verifyExport(webTrustCrypto, () => each(lines), trusted), 'in a page').toEqual(verdict)
  return verdict
}

/** Runs `attack` as the owner within a transaction that is taken back afterwards; the audit is verified in between. */
async function found(attack: (chain: number, last: number) => Promise<unknown>): Promise<readonly string[]> {
  const { sql } = hub.database.owner
  await change(4)
  await verified()
  const [longest] = await sql<{ chain: number; position: number }[]>`
    select chain, position from registration.registration_audit_chain order by position desc limit 1`
  const { chain, position } = longest!
  await sql`drop table if exists kept_rows, kept_chains, kept_heads`
  await sql`create table kept_rows as select * from registration.registration_audit_entry`
  await sql`create table kept_chains as select * from registration.registration_audit_chain`
  await sql`create table kept_heads as select * from registration.registration_audit_head`
  await attack(chain, position)
  try {
    return (await verified(key)).findings
  } finally {
    await sql.begin(async (tx) => {
      await tx`delete from registration.registration_audit_entry`
      await tx`insert into registration.registration_audit_entry select * from kept_rows`
      await tx`delete from registration.registration_audit_chain`
      await tx`insert into registration.registration_audit_chain select * from kept_chains`
      await tx`delete from registration.registration_audit_head`
      await tx`insert into registration.registration_audit_head select * from kept_heads`
    })
  }
}

const entry = 'registration.registration_audit_entry'
const run = (statement: string) => hub.database.owner.sql.unsafe(statement)

describe('an audit that nobody has touched', { timeout: patience }, () => {
  test('is whole, and says with which key it is signed', async () => {
    await change(6)
    const verdict = await verified()
    expect(verdict.findings).toEqual([])
    expect(verdict.rows).toBeGreaterThan(6)
    expect(verdict.heads).toBeGreaterThan(0)
    key = verdict.fingerprint
    expect((await verified(key)).findings).toEqual([])
  })

  test('is whole, too, where heads are signed and rows are added while it is exported', async () => {
    for (let round = 0; round < 8; round++) {
      const [one, other] = await Promise.all([verified(), change(3).then(() => verified()), change(3)])
      expect([one.findings, other.findings]).toEqual([[], []])
    }
  })

  test('is not taken for another hub’s', async () => {
    expect((await verified('0'.repeat(64))).findings).toEqual([
      `the heads are signed with key ${key}, not with ${'0'.repeat(64)}`,
    ])
  })
})

describe('behind the hub’s back', { timeout: patience }, () => {
  test('a row that is changed is found and named', async () => {
    const findings = await found((chain) =>
      run(`update ${entry} set entry = replace(entry, 'allowed', 'refused') where chain = ${chain} and position = 2`),
    )
    expect(findings).toEqual([expect.stringMatching(/^row 2 of chain \d+ was altered/)])
  })

  test('a row that is changed together with its hash is found', async () => {
    const findings = await found((chain) =>
      run(
        `update ${entry} set entry = replace(entry, 'allowed', 'refused'), hash = sha256('x') where chain = ${chain} and position = 2`,
      ),
    )
    expect(findings.join('\n')).toMatch(/row 2 of chain \d+ was altered/)
  })

  test('a row that is dropped is found and named', async () => {
    const findings = await found((chain) => run(`delete from ${entry} where chain = ${chain} and position = 2`))
    expect(findings).toEqual([expect.stringMatching(/^row 2 of chain \d+ is missing/)])
  })

  test('a row that is dropped is found although the others were renumbered', async () => {
    const findings = await found(async (chain, last) => {
      await run(`delete from ${entry} where chain = ${chain} and position = 2`)
      for (let position = 3; position <= last; position++)
        await run(`update ${entry} set position = position - 1 where chain = ${chain} and position = ${position}`)
    })
    expect(findings.join('\n')).toMatch(/row 2 of chain \d+ was altered, or a row before it was removed/)
  })

  test('rows that are exchanged are found and named', async () => {
    const findings = await found(async (chain) => {
      await run(`update ${entry} set position = -1 where chain = ${chain} and position = 2`)
      await run(`update ${entry} set position = 2 where chain = ${chain} and position = 3`)
      await run(`update ${entry} set position = 3 where chain = ${chain} and position = -1`)
    })
    expect(findings.join('\n')).toMatch(/row 2 of chain \d+ stands at position 3: rows were exchanged/)
    expect(findings.join('\n')).toMatch(
      /row 3 of chain \d+ stands at position 2|is not the one that was signed for|^row 2/,
    )
  })

  test('a row that is appended is found and named', async () => {
    const findings = await found((chain, last) =>
      run(`insert into ${entry} select chain, position + 1, hash, entry, tenant, at, about from ${entry}
        where chain = ${chain} and position = ${last}`),
    )
    expect(findings.join('\n')).toMatch(/row \d+ of chain \d+ was not appended by the hub/)
  })

  test('a chain that is truncated together with its end is found', async () => {
    const findings = await found(async (chain, last) => {
      await run(`delete from ${entry} where chain = ${chain} and position = ${last}`)
      await run(`update registration.registration_audit_chain c set position = e.position, hash = e.hash
        from ${entry} e where c.chain = ${chain} and e.chain = c.chain and e.position = ${last - 1}`)
    })
    expect(findings.join('\n')).toMatch(/row \d+ of chain \d+ is missing/)
  })

  test('a chain that is written anew with right hashes is found, since its head was signed', async () => {
    const findings = await found(async (chain) => {
      await run(`do $$
        declare previous bytea := sha256(convert_to('sutler audit chain ${chain}', 'UTF8')); r record;
        begin
          for r in select position, replace(entry, '"allowed"', '"refused"') as entry from ${entry} where chain = ${chain} order by position loop
            previous := sha256(previous || sha256(convert_to(r.entry, 'UTF8')));
            update ${entry} set entry = r.entry, hash = previous where chain = ${chain} and position = r.position;
          end loop;
          update registration.registration_audit_chain set hash = previous where chain = ${chain};
        end $$`)
    })
    expect(findings.join('\n')).toMatch(/is not the one that was signed for|heads disagree on row \d+ of chain \d+/)
  })

  test('a row that is hidden from those who look for it is found and named', async () => {
    const findings = await found((chain) =>
      run(`update ${entry} set about = '{}' where chain = ${chain} and position = 2`),
    )
    expect(findings).toEqual([expect.stringMatching(/^row 2 of chain \d+ is listed under what its text does not say/)])
  })

  test('a head that is removed, changed or exchanged is found and named', async () => {
    await change(2)
    await verified()
    await change(2)
    const lines = await exported()
    const heads = lines.filter((line) => line.startsWith('{"head"'))
    expect(heads.length).toBeGreaterThan(2)
    const without = lines.filter((line) => line !== heads[1])
    expect((await verifyExport(nodeTrustCrypto, () => each(without), null)).findings.join('\n')).toMatch(
      /head 3 does not follow/,
    )
    const changed = lines.map((line) => (line === heads[1] ? line.replace('Z', 'z') : line))
    expect((await verifyExport(nodeTrustCrypto, () => each(changed), null)).findings.join('\n')).toMatch(
      /head 2 is not signed/,
    )
  })

  test('an export that is cut short is no whole audit', async () => {
    const lines = await exported()
    const cut = await verifyExport(nodeTrustCrypto, () => each(lines.slice(0, -1)), null)
    expect(cut.findings).toContain('the export ends too early')
    const empty = await verifyExport(nodeTrustCrypto, () => each(['hello']), null)
    expect(empty.findings).toEqual(['this is no export of an audit'])
  })
})
