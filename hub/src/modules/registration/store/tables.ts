import type { DeviceClass } from '@sutler/device-model'
import type { Action, Role } from '../../../platform/access.ts'
import type { Ticket } from '../domain/ticket.ts'

/** The tables that people's requests go to; the batched statements of devices are written by hand. */
export interface RegistrationTables {
  registration_account: {
    user_id: string
    tenant: string
    name: string
    password: string | null
    roles: Role[]
    disabled: boolean
    version: number
    created_at: Date
  }
  registration_api_key: {
    id: string
    token_hash: Buffer
    account: string
    name: string
    roles: Role[]
    actions: Action[] | null
    created_at: Date
    expires_at: Date
    revoked_at: Date | null
    last_used_at: Date | null
    expiry_told: boolean
  }
  registration_claim: {
    id: string
    tenant: string
    secret_hash: Buffer
    household: string
    serial: string | null
    device: string | null
    uses: number
    used: number
    approval: string
    serial_prefix: string | null
    order_id: string | null
    kind: 'token' | 'certificate'
    created_by: string
    created_at: Date
    expires_at: Date
    revoked_at: Date | null
  }
  registration_enrolment: {
    id: string
    tenant: string
    household: string | null
    claim: string | null
    public_key: Buffer | null
    serial: string
    class: DeviceClass | null
    state: Ticket['state']
    protocol: Ticket['protocol']
    identity: string | null
    gateway: string | null
    device: string | null
    says: Record<string, string>
    asked_at: Date
    expires_at: Date
    decided_by: string | null
    decided_at: Date | null
  }
}

/** A hash or key as stored. */
export function bytes(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}

/** The same in hexadecimal, for statements that take many: the driver has no arrays of bytea. */
export function hex(text: string): string {
  return bytes(text).toString('hex')
}

export function text(stored: Buffer): string {
  return Buffer.from(stored).toString('base64url')
}
