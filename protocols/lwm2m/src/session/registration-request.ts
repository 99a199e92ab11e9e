import { Lwm2mWireError } from '../errors.ts'
import { parseLinks } from '../wire/link-format.ts'
import { pathNumbers } from '../wire/values.ts'

/** Object number → what the client has of it. */
export type Objects = ReadonlyMap<number, { readonly version: string; readonly instances: readonly number[] }>

/** What a client says when it registers (OMA LwM2M Core 1.2, 6.2.1). */
export interface RegistrationRequest {
  /** Absent where the security layer names the client (since 1.1). */
  readonly endpoint?: string
  /** Seconds. */
  readonly lifetime: number
  readonly version: '1.0' | '1.1' | '1.2'
  /** The client sleeps between its updates: requests wait for one (6.2.1.2). */
  readonly queue: boolean
  readonly objects: Objects
}

/** What an update changes; absent = as before (6.2.2). */
export interface UpdateRequest {
  readonly lifetime?: number
  readonly queue?: boolean
  readonly objects?: Objects
}

const clause = 'OMA LwM2M Core 1.2, 6.2.1'
/** 6.2.1, table: what holds when a client does not say. */
const defaultLifetime = 86_400
const versions = ['1.0', '1.1', '1.2'] as const
/** Bounds of an endpoint name: it goes into logs and the console. */
const endpointPattern = /^[\x21-\x7e]{1,128}$/

/**
 * @param query `['ep=box-1', 'lt=300']`
 * Throws Lwm2mWireError: `not-allowed` for a version that the hub does not speak, `malformed` for the rest.
 */
export function parseRegistration(query: readonly string[], payload: Uint8Array): RegistrationRequest {
  const given = parametersOf(query)
  const version = given.get('lwm2m') ?? '1.0'
  const known = versions.find((each) => each === version)
  if (!known)
    throw new Lwm2mWireError('not-allowed', clause, 0, `LwM2M version ${JSON.stringify(version.slice(0, 10))}`)
  const endpoint = given.get('ep')
  if (endpoint !== undefined && !endpointPattern.test(endpoint)) refuse('an endpoint name of other characters')
  return {
    ...(endpoint !== undefined && { endpoint }),
    lifetime: lifetimeOf(given.get('lt')) ?? defaultLifetime,
    version: known,
    queue: queueOf(given) ?? false,
    objects: objectsOf(payload),
  }
}

export function parseUpdate(query: readonly string[], payload: Uint8Array): UpdateRequest {
  const given = parametersOf(query)
  const lifetime = lifetimeOf(given.get('lt'))
  const queue = queueOf(given)
  return {
    ...(lifetime !== undefined && { lifetime }),
    ...(queue !== undefined && { queue }),
    ...(payload.length > 0 && { objects: objectsOf(payload) }),
  }
}

function parametersOf(query: readonly string[]): Map<string, string> {
  const given = new Map<string, string>()
  for (const each of query) {
    const [name, value] = [each.split('=', 1)[0]!, each.slice(each.indexOf('=') + 1)]
    if (given.has(name)) refuse(`the parameter ${JSON.stringify(name.slice(0, 20))} twice`)
    given.set(name, each.includes('=') ? value : '')
  }
  return given
}

function lifetimeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  // 0 is "for ever" since 1.2; a hub forgets whom it has not heard for so long.
  if (!/^\d{1,10}$/.test(text)) refuse(`the lifetime ${JSON.stringify(text.slice(0, 20))}`)
  return Number(text) === 0 ? 4_294_967_295 : Math.min(Number(text), 4_294_967_295)
}

/** 1.0 says it in the binding (`UQ`), 1.1 and later by a parameter of its own (6.2.1.2). Some send no binding at all: U then. */
function queueOf(given: ReadonlyMap<string, string>): boolean | undefined {
  const binding = given.get('b')
  if (given.has('Q')) return true
  if (binding === undefined) return undefined
  if (!/^[UMHTSNQ]{1,8}$/.test(binding)) refuse(`the binding ${JSON.stringify(binding.slice(0, 20))}`)
  return binding.includes('Q')
}

/** Links that are no objects (the root, an alternate path's own link) say nothing here and are left out. */
function objectsOf(payload: Uint8Array): Objects {
  const objects = new Map<number, { version: string; instances: number[] }>()
  const links = parseLinks(payload)
  const root = links.find(({ attributes }) => attributes.get('rt') === 'oma.lwm2m')?.target ?? '/'
  for (const { target, attributes } of links) {
    const path = root !== '/' && target.startsWith(`${root}/`) ? target.slice(root.length) : target
    const numbers = pathNumbers(path)
    if (!numbers || numbers.length === 0 || numbers.length > 2) continue
    const [object, instance] = numbers
    const known = objects.get(object!) ?? { version: '1.0', instances: [] }
    const version = attributes.get('ver')
    if (version !== undefined && /^\d{1,3}\.\d{1,3}$/.test(version)) known.version = version
    if (instance !== undefined && !known.instances.includes(instance)) known.instances.push(instance)
    objects.set(object!, known)
  }
  return objects
}

function refuse(detail: string): never {
  throw new Lwm2mWireError('malformed', clause, 0, detail)
}
