import type { DeviceClass } from '@sutler/device-model'

/** The tables people's requests go to; the batched statements of presence and capabilities are written by hand. */
export interface EntityTables {
  entity_household: { id: string; tenant: string; name: string; time_zone: string; version: number; created_at: Date }
  entity_user: { id: string; tenant: string; name: string; email: string | null; version: number; created_at: Date }
  entity_membership: { user_id: string; household: string }
  entity_device: {
    id: string
    tenant: string
    household: string
    class: DeviceClass
    serial: string
    name: string
    state: 'active' | 'quarantined' | 'decommissioned'
    version: number
    created_at: Date
  }
}
