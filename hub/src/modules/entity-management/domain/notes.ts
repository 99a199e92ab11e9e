import type { WallTime } from '../../../platform/clock.ts'
import type { EntityKind } from './attributes.ts'

/** What an operator wrote down about an entity, for other operators. */
export interface Note {
  readonly id: string
  readonly tenant: string
  readonly kind: EntityKind
  readonly subject: string
  /** Id of the user who wrote it. */
  readonly author: string
  readonly text: string
  readonly createdAt: WallTime
}

/** Of one entity. */
export const mostNotes = 1000
/** Of a note, bytes of UTF-8. */
export const longestNote = 4096
