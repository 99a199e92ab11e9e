import { MenderError } from '../errors.ts'
import { asObject, oneSpelling, optionalText, textField } from './fields.ts'
import { limits, readJson, readJsonText, type JsonObject } from './json.ts'

/** The operation that these bytes belong to, as errors name it. */
export const authClause = 'deviceauth v1, auth_requests'

/** `POST /api/devices/v1/authentication/auth_requests`: who a device says it is. Its signature is checked apart. */
export interface AuthRequest {
  /** `id_data` in one spelling: the same device is the same text, in whatever order its script printed it. */
  readonly identity: string
  /** The names and values of `id_data`, for people. */
  readonly says: Readonly<Record<string, string>>
  /** PEM. */
  readonly publicKey: string
  /** Mender's own sign of whose fleet it is of; a secret. */
  readonly tenantToken: string | null
}

/** @throws MenderError `malformed`, `too-deep`, `too-large`, `bad-field` */
export function readAuthRequest(body: Uint8Array): AuthRequest {
  const request = asObject(readJson(body, authClause, limits.authRequestBytes), 'the body', authClause)
  const data = readJsonText(textField(request, 'id_data', authClause, limits.identity), `${authClause}, id_data`)
  const identity = asObject(data, 'id_data', authClause)
  if (identity.size === 0) throw new MenderError('bad-field', authClause, 'id_data names nothing')
  const spelt = oneSpelling(identity)
  const size = new TextEncoder().encode(spelt).length
  if (size > limits.identityBytes)
    throw new MenderError('bad-field', authClause, `id_data has ${size} bytes, more than ${limits.identityBytes}`)
  return {
    identity: spelt,
    says: saidBy(identity),
    publicKey: textField(request, 'pubkey', authClause, limits.publicKey),
    tenantToken: optionalText(request, 'tenant_token', authClause, limits.tenantToken),
  }
}

function saidBy(identity: JsonObject): Record<string, string> {
  const said = [...identity].slice(0, 16)
  return Object.fromEntries(said.map(([name, value]) => [name, typeof value === 'string' ? value : oneSpelling(value)]))
}
