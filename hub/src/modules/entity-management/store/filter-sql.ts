import { compileFilter, type CompiledFilter } from '@sutler/expressions'
import type { Sql } from '../../../platform/database.ts'
import { fleetFields, fleetJoins } from './fleet-fields.ts'

/** @throws FilterError */
export function compileFleetFilter(source: string, now: Date): CompiledFilter {
  return compileFilter(source, { schema: fleetFields, now, versionFunction: 'entity_version_key' })
}

type Fragment = ReturnType<Sql>

/** What stands after `from` for a filter: `entity_fleet f` and the joins that the filter rests on. */
export function fleetFrom(sql: Sql, needs: Iterable<string> = []): Fragment {
  const joins = [...new Set(needs)].map((name) => fleetJoins[name]!)
  return trusted(sql, ['entity_fleet f', ...joins].join(' '))
}

/** The filter as a condition over `fleetFrom`. */
export function filterCondition(sql: Sql, { strings, values }: CompiledFilter): Fragment {
  return sql`(${tagged(sql, strings, values)})`
}

/** Text of our own, as part of a statement. */
function trusted(sql: Sql, text: string): Fragment {
  return tagged(sql, [text], [])
}

function tagged(sql: Sql, strings: readonly string[], values: readonly unknown[]): Fragment {
  const template = Object.assign([...strings], { raw: [...strings] }) as unknown as TemplateStringsArray
  return sql(template, ...(values as never[]))
}
