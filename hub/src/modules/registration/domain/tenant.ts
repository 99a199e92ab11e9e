import type { WallTime } from '../../../platform/clock.ts'

/** Whose rows are apart from all others': a company or a person with households, services and people of its own. */
export interface Tenant {
  /** 3 to 32 of a–z, 0–9 and -. */
  readonly id: string
  readonly name: string
  /** Nobody of it is let in; its devices go on. */
  readonly disabled: boolean
  /** Grows with every change: the ETag. */
  readonly version: number
  readonly createdAt: WallTime
}

/** Where its people log in: with its identity providers beside the installation's. */
export function loginPage(publicUrl: string, tenant: string): string {
  return `${publicUrl}/login?tenant=${encodeURIComponent(tenant)}`
}
