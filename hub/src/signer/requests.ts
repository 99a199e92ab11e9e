import { z } from 'zod'

/**
 * What the signer can be asked: typed, bounded requests. It writes the documents itself, so there is no request with which it
 * would sign bytes of somebody else's making, and none for a document of root or targets: it does not hold their keys.
 */

/** The roles whose keys are online. */
export const onlineRoles = ['timestamp', 'snapshot', 'director'] as const
export type OnlineRole = (typeof onlineRoles)[number]

const count = (least: number) => z.number().int().min(least).max(Number.MAX_SAFE_INTEGER)
const time = z.number().int().min(0).max(253_402_300_799)
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().min(1).max(256)
const key = digest
const described = { version: count(1), length: count(0), sha256: digest }
const common = { version: count(1), expires: time.describe('Seconds since the Unix epoch.') }

const timestamp = z.strictObject({ ...common, snapshot: z.strictObject(described) })
const snapshot = z.strictObject({
  ...common,
  meta: z
    .array(z.strictObject({ role: name, ...described }))
    .min(1)
    .max(10_000),
})
const director = z.strictObject({
  ...common,
  device: name,
  floor: z.strictObject({ root: count(1), snapshot: count(1) }),
  assigned: z
    .array(
      z.strictObject({
        service: name,
        version: name,
        component: name,
        path: z.string().min(1).max(1_024),
        length: count(0),
        sha256: digest,
      }),
    )
    .max(1_024),
})

const sign = z.discriminatedUnion('role', [
  z.strictObject({ kind: z.literal('sign'), role: z.literal('timestamp'), key, fields: timestamp }),
  z.strictObject({ kind: z.literal('sign'), role: z.literal('snapshot'), key, fields: snapshot }),
  z.strictObject({ kind: z.literal('sign'), role: z.literal('director'), key, fields: director }),
])

export const signerRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('public-keys') }),
  z.strictObject({ kind: z.literal('new-key'), role: z.enum(onlineRoles) }),
  sign,
])

export type SignRequest = z.output<typeof sign>

/** A public key that the signer has the private part of. */
export interface OnlineKey {
  readonly role: OnlineRole
  readonly keyId: string
  readonly scheme: 'ed25519'
  /** 64 hexadecimal digits. */
  readonly public: string
}

/** One with what it was used for. */
export interface UsedKey extends OnlineKey {
  /** The last version that it has signed; 0 = none. Assignments do not count. */
  readonly last: number
}

/** What the hub has of the signer, wherever that runs. */
export interface OnlineSigner {
  /** @throws OutsideError `signer-unavailable` */
  publicKeys(): Promise<readonly UsedKey[]>
  /** Makes another key for a role, to be put into the next root. The newest few of a role are kept. */
  newKey(role: OnlineRole): Promise<OnlineKey>
  /**
   * The signed file of a document.
   * @throws OutsideError `signer-unavailable`; SignerRefusal with its reason
   */
  sign(request: Omit<SignRequest, 'kind'>): Promise<Buffer>
}
