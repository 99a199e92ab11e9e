import { MenderError } from '../errors.ts'
import { asObject } from './fields.ts'
import { limits, readJson, type JsonObject } from './json.ts'

export const nextClause = 'deployments, next'

/** Name → value of what a device has: `artifact_name` at least, and what its artifacts provide. */
export type Provides = ReadonlyMap<string, string>

/** What a device says when it asks for its next deployment. */
export interface NextRequest {
  /** '' where the device has no `device_type` file. */
  readonly deviceType: string
  readonly provides: Provides
}

/** `POST /api/devices/v2/…/next`: `{device_provides: {device_type, artifact_name, …}, update_control_map?}`. */
export function readNextV2(body: Uint8Array): NextRequest {
  const request = asObject(readJson(body, nextClause, limits.nextBytes), 'the body', nextClause)
  return nextOf(asObject(request.get('device_provides'), 'device_provides', nextClause))
}

/** `POST /api/devices/v1/…/next`: what it provides, without anything around it. */
export function readNextV1(body: Uint8Array): NextRequest {
  return nextOf(asObject(readJson(body, nextClause, limits.nextBytes), 'the body', nextClause))
}

/** `GET /api/devices/v1/…/next?artifact_name=…&device_type=…`: the oldest clients. */
export function readNextQuery(query: string): NextRequest {
  const found = new URLSearchParams(query)
  return nextOf(new Map(['artifact_name', 'device_type'].map((name) => [name, found.get(name) ?? ''])))
}

function nextOf(said: JsonObject): NextRequest {
  if (said.size > limits.provides)
    throw new MenderError('bad-field', nextClause, `${said.size} provides, more than ${limits.provides}`)
  const provides = new Map<string, string>()
  for (const [name, value] of said) {
    if (typeof value !== 'string' || value.length > limits.text || name.length > limits.text)
      throw new MenderError('bad-field', nextClause, `${name.slice(0, 50)} must be a text of at most ${limits.text}`)
    provides.set(name, value)
  }
  const deviceType = provides.get('device_type')
  if (deviceType === undefined) throw new MenderError('bad-field', nextClause, 'device_type must be a text')
  provides.delete('device_type')
  if ((provides.get('artifact_name') ?? '') === '')
    throw new MenderError('bad-field', nextClause, 'artifact_name must be a text')
  return { deviceType, provides }
}

/** What the hub wants installed. */
export interface Deployment {
  readonly id: string
  readonly artifactName: string
  /** At least one; the client refuses an artifact that is not made for each of them. */
  readonly deviceTypes: readonly string[]
  readonly uri: string
  /** Seconds since the Unix epoch. */
  readonly expires: number
}

/** The answer 200 of `next`. */
export function deploymentJson({ id, artifactName, deviceTypes, uri, expires }: Deployment): string {
  const source = { uri, expire: new Date(expires * 1000).toISOString() }
  return JSON.stringify({
    id,
    artifact: { artifact_name: artifactName, device_types_compatible: deviceTypes, source },
  })
}
