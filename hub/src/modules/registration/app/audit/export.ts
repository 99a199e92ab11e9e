import { OutsideError, errorCode } from '../../../../platform/errors.ts'
import type { SignedHead } from '../../domain/audit-head.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { AuditRow } from '../storage.ts'
import type { DecisionLog } from './decision-log.ts'
import type { auditHeads } from './heads.ts'

export const tooManyExports = errorCode(
  'too-many-exports',
  503,
  'The hub exports its audit as often as it can at the moment',
  'Try again when another export has ended.',
)

const atOnce = 2
const page = 1_000

/** The audit as lines of JSON, which `sutler audit verify` checks (docs/guide/audit.md). */
export function auditExport(
  { clock, database, storage }: RegistrationDependencies,
  heads: ReturnType<typeof auditHeads>,
  log: DecisionLog,
  hub: () => string,
) {
  const store = storage.audit
  let running = 0

  /** All rows of each chain up to the head, then the heads. */
  async function* lines(tenant: string): AsyncGenerator<object> {
    await log.flush()
    const last = await heads.sign()
    const at = new Date(clock.now()).toISOString()
    const first = (await store.heads(database.sql, { sort: 'oldest', after: undefined, limit: 1 }))[0]
    const cut = first?.cut == null ? null : first.number
    yield { audit: 1, hub: hub(), tenant, key: heads.publicKey(), exportedAt: at, cut }
    let rows = 0
    for (const [chain, [until]] of (last === null ? [] : endsOf(last)).entries()) {
      let after = cut === null ? 0 : endsOf(first!)[chain]![0]
      for (;;) {
        const found = await store.rows(database.sql, { tenant, chain, after, until, limit: page })
        for (const row of found) yield lineOf(chain, row)
        rows += found.length
        if (found.length < page) break
        after = found.at(-1)!.position
      }
    }
    for (const { chain, position } of await store.strays(database.sql)) yield { stray: { chain, position } }
    let signed = 0
    for (let after: number | undefined; ;) {
      // Another export, or the clock, may have signed further ones meanwhile: of rows that are not in this one.
      const read = await store.heads(database.sql, { sort: 'oldest', after, limit: page })
      const found = read.filter(({ number }) => number <= (last?.number ?? 0))
      for (const { head, signature, cut: statement } of found) {
        yield statement === null ? { head, signature } : { head, signature, cut: statement }
      }
      signed += found.length
      if (found.length < page) break
      after = found.at(-1)!.number
    }
    yield { end: { rows, heads: signed } }
  }

  /** @throws OutsideError `too-many-exports` */
  return (tenant: string): AsyncGenerator<object> => {
    if (running >= atOnce) throw new OutsideError(tooManyExports, `${atOnce} exports run.`)
    running++
    return (async function* () {
      try {
        yield* lines(tenant)
      } finally {
        running--
      }
    })()
  }
}

function endsOf({ head }: SignedHead): [number, string][] {
  return (JSON.parse(head) as { chains: [number, string][] }).chains
}

function lineOf(chain: number, row: AuditRow): object {
  const { position, hash } = row
  if (row.entry === null) return { chain, position, hash, digest: row.digest }
  return { chain, position, hash, entry: row.entry, ...(agrees(row, row.entry) ? {} : { index: 'wrong' }) }
}

/** Whether the columns by which a row is found say what its text says. */
function agrees({ tenant, at, about }: AuditRow, text: string): boolean {
  try {
    const entry = JSON.parse(text) as { tenant: string; at: string; about: string[] }
    const same = JSON.stringify(about) === JSON.stringify(entry.about)
    return same && tenant === entry.tenant && at?.toISOString() === entry.at
  } catch {
    // The text is not what the hub wrote.
    return false
  }
}
