import type { Diagnostic } from '@sutler/patterns'
import { CommandError } from '../command-error.ts'
import { counted } from '../terminal.ts'
import type { ModelSource } from './model-source.ts'

/** A model as it is written, and what is to be said of it. */
export interface FoundIn {
  readonly source: ModelSource
  readonly diagnostics: readonly Diagnostic[]
}

/** Models that cannot be used as they are written. `found` says where and why. */
export class ModelSourceError extends CommandError {
  readonly found: readonly FoundIn[]

  /** `status`: 1 when what was asked for is a judgement of the models, 2 when they were needed for something else. */
  constructor(found: readonly FoundIn[], status: 1 | 2 = 2) {
    const errors = found.flatMap(({ diagnostics }) => diagnostics).length
    const files = found.map(({ source }) => source.file).join(', ')
    super('model-unreadable', `${files}: ${counted(errors, 'error')}`, 'Correct the places shown.', undefined, status)
    this.name = 'ModelSourceError'
    this.found = found
  }
}
