import type { PreferencesDocument } from '../../contract.ts'
import type { Matter } from './matter-names.ts'

/** Who may say something, strongest first; a tenant stands first where it binds and last where it gives a default. */
export const speakers = ['tenant', 'household', 'user', 'device'] as const
export type Speaker = (typeof speakers)[number]

/** Everybody's documents, as far as they have one. */
export type Sources = { readonly [Key in Speaker]?: PreferencesDocument | undefined }

/** What holds in one matter, and who decided it. */
export interface Resolved<M extends Matter = Matter> {
  readonly matter: M
  /** Undefined: nobody has said anything, what is built in holds. */
  readonly value: PreferencesDocument[M]
  readonly source: Speaker | 'default'
  /** By law or by the operator: nobody below can say otherwise. */
  readonly binding: boolean
  /** Who said something without effect. */
  readonly overridden: readonly Speaker[]
}

/** Decides a matter by precedence: binding tenant, household, user, device, tenant's default. */
export function resolve<M extends Matter>(matter: M, sources: Sources): Resolved<M> {
  const binding = sources.tenant?.binding?.includes(matter) === true && sources.tenant[matter] !== undefined
  const order: readonly Speaker[] = binding ? speakers : ['household', 'user', 'device', 'tenant']
  const said = order.filter((speaker) => sources[speaker]?.[matter] !== undefined)
  const [source, ...overridden] = said
  if (source === undefined) return { matter, value: undefined, source: 'default', binding: false, overridden: [] }
  return { matter, value: sources[source]![matter], source, binding, overridden }
}

/** What each says in a matter in which limits add up. */
export function everyWord<M extends Matter>(
  matter: M,
  sources: Sources,
): { readonly source: Speaker; readonly value: NonNullable<PreferencesDocument[M]> }[] {
  return speakers.flatMap((source) => {
    const value = sources[source]?.[matter]
    return value === undefined || value === null
      ? []
      : [{ source, value: value as NonNullable<PreferencesDocument[M]> }]
  })
}

/** "the household", or "the tenant, binding". */
export function sourceText({ source, binding }: Pick<Resolved, 'source' | 'binding'>): string {
  if (source === 'default') return 'nobody'
  return binding ? `the ${source} (binding)` : `the ${source}`
}
