import { scimError } from './errors.ts'
import { isObject } from './resource.ts'

/** Many operations in one request (RFC 7644, 3.7). */

export const bulkRequestSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
export const bulkResponseSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse'
export const mostBulkOperations = 500

/** Levels of objects and lists in `data`: a resource has four. */
const deepest = 12

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

export interface BulkOperation {
  readonly method: (typeof methods)[number]
  /** By what others of the request may name what this one makes. */
  readonly bulkId: string | null
  /** The entity tag that it is based on. */
  readonly version: string | undefined
  /** Below /scim/v2. */
  readonly path: string
  readonly data: unknown
}

export interface BulkRequest {
  readonly operations: readonly BulkOperation[]
  /** After so many failures nothing more is done; null = all is tried. */
  readonly failOnErrors: number | null
}

/** @throws CallerError `scim-invalid-syntax`, `scim-too-many-operations` */
export function readBulk(body: unknown): BulkRequest {
  const of = partsOf(body)
  const schemas = of('schemas')
  if (!Array.isArray(schemas) || !schemas.some((id) => String(id).toLowerCase() === bulkRequestSchema.toLowerCase()))
    throw scimError('invalidSyntax', `\`schemas\` does not have ${bulkRequestSchema}.`, '/schemas')
  const operations: unknown = of('Operations')
  if (!Array.isArray(operations))
    throw scimError('invalidSyntax', '`Operations` is no list of operations.', '/Operations')
  if (operations.length > mostBulkOperations)
    throw scimError(
      'tooManyOperations',
      `It has ${operations.length}, not at most ${mostBulkOperations}.`,
      '/Operations',
    )
  const failOnErrors = of('failOnErrors') ?? null
  if (failOnErrors !== null && !(Number.isInteger(failOnErrors) && Number(failOnErrors) >= 1))
    throw scimError('invalidSyntax', '`failOnErrors` is a whole number from 1.', '/failOnErrors')
  const read = operations.map((each, i) => readOperation(each, `/Operations/${i}`))
  const ids = read.flatMap(({ bulkId }) => bulkId ?? [])
  const twice = ids.findIndex((id, i) => ids.indexOf(id) < i)
  if (twice >= 0) throw scimError('invalidSyntax', `Two operations have the bulkId ${ids[twice]}.`, '/Operations')
  return { operations: read, failOnErrors: failOnErrors as number | null }
}

function readOperation(body: unknown, place: string): BulkOperation {
  const of = partsOf(body)
  const fault = (name: string, detail: string) => scimError('invalidSyntax', detail, `${place}/${name}`)
  const method = methods.find((each) => each === String(of('method')).toUpperCase())
  if (method === undefined) throw fault('method', '`method` is POST, PUT, PATCH or DELETE.')
  const [path, bulkId = null, version] = [of('path'), of('bulkId'), of('version')]
  if (typeof path !== 'string') throw fault('path', '`path` is a text, such as /Users.')
  if (bulkId === null ? method === 'POST' : typeof bulkId !== 'string' || !/^[^\s/]{1,128}$/.test(bulkId))
    throw fault('bulkId', 'An operation that makes something has a `bulkId` of 1 to 128 characters, no space, no “/”.')
  if (version !== undefined && typeof version !== 'string') throw fault('version', '`version` is an entity tag.')
  const data = of('data')
  if (!isShallow(data, deepest)) throw fault('data', `\`data\` is more than ${deepest} levels deep.`)
  return { method, bulkId: bulkId as string | null, version, path, data }
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((each) => isShallow(each, levels - 1))
}

/** Names are without case (RFC 7643, 2.1). */
function partsOf(body: unknown): (name: string) => unknown {
  const given = isObject(body) ? Object.entries(body) : []
  return (name) => given.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/**
 * In which order operations are done: as they were sent, but for those that refer to something that a later one makes. Those of one
 * step may be done at the same time: they make things and need nothing of one another.
 */
export interface BulkPlan {
  readonly steps: readonly (readonly BulkOperation[])[]
  /** They refer to one another in a circle, or to what no operation makes. */
  readonly hopeless: readonly BulkOperation[]
}

/** @param together operations of one step, at most */
export function bulkPlan(operations: readonly BulkOperation[], together: number): BulkPlan {
  const steps: BulkOperation[][] = []
  const done = new Set<string>()
  let waiting = operations
  for (;;) {
    const later = waiting.filter((each) => !take(each))
    if (later.length === waiting.length) return { steps, hopeless: later }
    waiting = later
  }

  function take(each: BulkOperation): boolean {
    const needed = references(each)
    if (!needed.every((id) => done.has(id))) return false
    const last = steps.at(-1)
    const alone = each.method !== 'POST' || last?.[0]?.method !== 'POST' || last.length >= together
    if (!alone && !needed.some((id) => last.some(({ bulkId }) => bulkId === id))) last.push(each)
    else steps.push([each])
    if (each.bulkId !== null && each.method === 'POST') done.add(each.bulkId)
    return true
  }
}

const reference = /^bulkId:(.+)$/i
const referenceInPath = /^(\/[^/]+\/)bulkId:([^/]+)$/i

/** The bulkIds that an operation names. */
export function references({ path, data }: BulkOperation): string[] {
  const inPath = referenceInPath.exec(path)?.[2]
  return [...(inPath === undefined ? [] : [inPath]), ...referencesIn(data)]
}

function referencesIn(value: unknown): string[] {
  if (typeof value === 'string') return reference.exec(value)?.slice(1) ?? []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(referencesIn) : []
}

/** With the ids of what was made in place of the bulkIds. @throws CallerError `scim-bulk-reference` where there is none */
export function resolved(operation: BulkOperation, made: ReadonlyMap<string, string>): BulkOperation {
  const idOf = (bulkId: string): string => {
    const id = made.get(bulkId)
    if (id === undefined) throw scimError('bulkReference', `Nothing was made that is called bulkId:${bulkId}.`)
    return id
  }
  const filled = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(reference, (_all, bulkId: string) => idOf(bulkId))
    if (Array.isArray(value)) return value.map(filled)
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, filled(own)]))
  }
  const path = operation.path.replace(referenceInPath, (_all, before: string, bulkId: string) => before + idOf(bulkId))
  return { ...operation, path, data: filled(operation.data) }
}
