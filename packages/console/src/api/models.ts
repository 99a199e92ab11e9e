import { answer, pages, type Schemas } from '@sutler/client'
import type { Model } from '@sutler/engine'
import { queryOptions } from '@tanstack/react-query'
import { api } from './client.ts'

export type PublishedModel = Omit<Schemas['PublishedModel'], 'document'> & { readonly document: Model }

/** Versions of one model that are looked through; nobody publishes more of one by hand. */
const mostVersions = 1_000

/** One published version: it never changes. */
export const modelQuery = (name: string, version: string) =>
  queryOptions({
    queryKey: ['models', 'one', name, version],
    queryFn: async () => {
      const params = { path: { name, version } }
      return answer(await api.GET('/api/v1/models/{name}/{version}', { params })) as unknown as PublishedModel
    },
    staleTime: Infinity,
  })

/** All versions of a model, the highest first. */
export const versionsQuery = (name: string) =>
  queryOptions({
    queryKey: ['models', 'versions', name],
    queryFn: async () => {
      const versions: Schemas['ModelSummary'][] = []
      const read = async (cursor: string | undefined) => {
        const query = { name, limit: 200, ...(cursor !== undefined && { cursor }) }
        return answer(await api.GET('/api/v1/models', { params: { query } }))
      }
      for await (const each of pages(read)) {
        versions.push(each)
        if (versions.length >= mostVersions) break
      }
      return versions.toSorted((a, b) => compareVersions(b.version, a.version))
    },
  })

export const rolesQuery = queryOptions({
  queryKey: ['models', 'roles'],
  queryFn: async () => answer(await api.GET('/api/v1/roles', { params: { query: { limit: 200 } } })).items,
})

/** Names of published models, for choosing one. */
export const modelNamesQuery = queryOptions({
  queryKey: ['models', 'names'],
  queryFn: async () => {
    const names = new Set<string>()
    let seen = 0
    const read = async (cursor: string | undefined) => {
      const query = { limit: 200, ...(cursor !== undefined && { cursor }) }
      return answer(await api.GET('/api/v1/models', { params: { query } }))
    }
    for await (const { name } of pages(read)) {
      names.add(name)
      if (++seen >= mostVersions) break
    }
    return [...names]
  },
})

/** As semantic versions are ordered, without what stands behind a `-`: those come before the same without. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [partsOf(a), partsOf(b)]
  for (const index of [0, 1, 2]) {
    const difference = (first.numbers[index] ?? 0) - (second.numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  if (first.rest === second.rest) return 0
  if (first.rest === '' || second.rest === '') return first.rest === '' ? 1 : -1
  return first.rest < second.rest ? -1 : 1
}

function partsOf(version: string): { numbers: number[]; rest: string } {
  const [core = '', ...rest] = version.split('-')
  return { numbers: core.split('.').map(Number), rest: rest.join('-') }
}

/**
 * A version that is free: the last number of the highest is one more. Of a model that fills a role plain numbers are the hub's
 * (docs/guide/operating-patterns.md): there it is the first free `2.1.0-own.1`, `2.1.0-own.2` of the highest.
 */
export function nextVersion(versions: readonly string[], fillsRole: boolean): string {
  const [highest = '0.0.0'] = versions.toSorted((a, b) => compareVersions(b, a))
  const [core = highest] = highest.split('-')
  if (fillsRole) {
    const own = versions.flatMap((version) => {
      const number = version.startsWith(`${core}-own.`) ? Number(version.slice(core.length + 5)) : Number.NaN
      return Number.isInteger(number) ? [number] : []
    })
    return `${core}-own.${Math.max(0, ...own) + 1}`
  }
  const [major = 0, minor = 0, patch = 0] = partsOf(highest).numbers
  return `${major}.${minor}.${patch + 1}`
}
