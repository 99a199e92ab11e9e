import { createHash } from 'node:crypto'
import type { LoginPart, Logins } from './logins.ts'
import type { WalledTable } from './tables.ts'

/**
 * What a migration can say of a table in its comment (`comment on table … is '…'`), where that is not the rule: every row
 * has a `tenant`, and each login reads and writes.
 */
export const marks = {
  /** `of the installation`: no tenant's; requests do not touch it. */
  installation: /\bof the installation\b/,
  /** `of the installation, read by tenants`. */
  shared: /\bof the installation, read by tenants\b/,
  /** `with engine_instance (key) by instance`: each row is the tenant's to whom the row with that key is. */
  with: /\bwith ([a-z_]+) \(([a-z_]+)\) by ([a-z_]+)\b/,
  /** `append-only`: rows are added by a function of the owner's, and never changed. */
  appendOnly: /\bappend-only\b/,
}

/** Everything that a tenant's login sees of a table; null = nothing. */
export function tenantCondition({ tenant, mark, schema, name }: WalledTable): string | null {
  if (tenant) return own
  const [, parent, key, column] = marks.with.exec(mark ?? '') ?? []
  if (parent !== undefined)
    return `exists (select 1 from ${schema}.${parent} p where p.${key} = ${name}.${column} and p.${own})`
  return marks.shared.test(mark ?? '') ? 'true' : null
}

const own = `tenant = current_setting('sutler.tenant')`

/** What is missing for the walls to stand, as statements; none when all is as it should be. */
export function missing(tables: readonly WalledTable[], logins: Logins): string[] {
  return tables.flatMap((table) => [...missingGrants(table, logins), ...missingPolicies(table, logins)])
}

function missingGrants(table: WalledTable, logins: Logins): string[] {
  const name = qualified(table)
  return wantedGrants(table).flatMap(([part, privileges]) => {
    const login = logins[part].name
    const held = table.grants.flatMap((grant) => (grant.startsWith(`${login} `) ? [grant.slice(login.length + 1)] : []))
    const lacking = privileges.filter((privilege) => !held.includes(privilege))
    const excess = held.filter((privilege) => !privileges.includes(privilege))
    const object = table.kind === 'sequence' ? `sequence ${name}` : name
    return [
      ...(lacking.length > 0 ? [`grant ${lacking.join(', ')} on ${object} to ${login}`] : []),
      ...(excess.length > 0 ? [`revoke ${excess.join(', ')} on ${object} from ${login}`] : []),
    ]
  })
}

/** For each login of the table's schema what it may do. */
function wantedGrants(table: WalledTable): [LoginPart, readonly string[]][] {
  const [forAll, forTenant] = pairOf(table)
  if (table.kind === 'sequence') {
    return [
      [forAll, ['USAGE']],
      [forTenant, ['USAGE']],
    ]
  }
  const full = marks.appendOnly.test(table.mark ?? '') ? ['SELECT'] : ['SELECT', 'INSERT', 'UPDATE', 'DELETE']
  const shared = !table.tenant && marks.shared.test(table.mark ?? '')
  const limited = shared ? ['SELECT'] : tenantCondition(table) === null ? [] : full
  return [
    [forAll, full],
    [forTenant, limited],
  ]
}

function missingPolicies(table: WalledTable, logins: Logins): string[] {
  if (table.kind === 'sequence') return []
  const name = qualified(table)
  const [forAll, forTenant] = pairOf(table)
  const wanted = [
    policy(logins[forAll].name, 'true'),
    policy(logins[forTenant].name, tenantCondition(table) ?? 'false'),
  ]
  const ours = table.policies.filter((each) => wanted.some(({ login }) => each.startsWith(`${login}_wall_`)))
  return [
    ...(table.rls ? [] : [`alter table ${name} enable row level security`]),
    ...ours
      .filter((each) => !wanted.some((wall) => wall.name === each))
      .map((each) => `drop policy ${each} on ${name}`),
    ...wanted
      .filter((wall) => !ours.includes(wall.name))
      .map((wall) => `create policy ${wall.name} on ${name} to ${wall.login} using (${wall.condition})`),
  ]
}

/** The name tells the condition, so that a changed one is noticed without taking PostgreSQL's text of it apart. */
function policy(login: string, condition: string) {
  const digest = createHash('sha256').update(condition).digest('hex').slice(0, 6)
  return { login, condition, name: `${login}_wall_${digest}` }
}

function pairOf({ schema }: WalledTable): [LoginPart, LoginPart] {
  return schema === 'registration' ? ['registration', 'registration_tenant'] : ['hub', 'tenant']
}

function qualified({ schema, name }: WalledTable): string {
  return `${schema}.${name}`
}
