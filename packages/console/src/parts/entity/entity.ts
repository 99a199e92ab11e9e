/** Entities that have labels, notes and a history, as the hub’s addresses call them. */
export type EntityPath = 'devices' | 'users' | 'households'

/** As definitions of attributes call them. */
export const kindOf = { devices: 'device', users: 'user', households: 'household' } as const

export interface EntityProps {
  readonly of: EntityPath
  readonly id: string
}
