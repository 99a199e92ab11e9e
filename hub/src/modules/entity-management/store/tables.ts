import type { DeviceClass } from '@sutler/device-model'
import { sql as fragment } from 'kysely'
import type { AttributeValue } from '../domain/attributes.ts'

interface LabelColumns {
  tags: string[]
  attributes: Record<string, AttributeValue>
}

/** The tables people's requests go to; the batched statements of presence and capabilities are written by hand. */
export interface EntityTables {
  entity_household: LabelColumns & {
    id: string
    tenant: string
    name: string
    kind: 'household' | 'organisation'
    time_zone: string
    merged_into: string | null
    version: number
    created_at: Date
  }
  entity_user: LabelColumns & {
    id: string
    tenant: string
    name: string
    email: string | null
    merged_into: string | null
    erased_at: Date | null
    version: number
    created_at: Date
  }
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

/** Whether a row has the tag, by its index. */
export function tagged(table: 'entity_household' | 'entity_user', tag: string) {
  return fragment<boolean>`${fragment.ref(`${table}.tags`)} @> array[${tag}]::text[]`
}
