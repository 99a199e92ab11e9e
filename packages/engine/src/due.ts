import type { Delay } from './compiled.ts'
import { isInstant, readDuration, readInstant } from './durations.ts'
import { StepFailure } from './errors.ts'
import { type Scope, valueOf } from './evaluation.ts'
import type { Instant } from './types.ts'

/** When an emitted signal is due; null = at once. An instant that has passed is due at once too, but as a delayed signal. */
export function dueOf(delay: Delay, scope: Scope, now: Instant, transition: string): Instant | null {
  switch (delay.kind) {
    case 'none':
      return null
    case 'fixed':
      return later(now, delay.milliseconds, transition)
    case 'after': {
      const value = valueOf(delay.expression, scope, transition)
      const milliseconds = typeof value === 'string' ? readDuration(value) : null
      if (milliseconds === null) throw bad('duration such as 15m or PT15M', delay.expression.source, transition)
      return later(now, milliseconds, transition)
    }
    case 'at': {
      const value = valueOf(delay.expression, scope, transition)
      const instant = typeof value === 'string' ? readInstant(value) : null
      if (instant === null) throw bad('timestamp', delay.expression.source, transition)
      return instant
    }
  }
}

function later(now: Instant, milliseconds: number, transition: string): Instant {
  const due = now + milliseconds
  if (isInstant(due)) return due
  throw new StepFailure('bad-value', `transition "${transition}": a delayed signal would be due after the year 9999`)
}

function bad(expected: string, expression: string, transition: string): StepFailure {
  return new StepFailure('bad-value', `transition "${transition}", expression ${expression}: expected a ${expected}`)
}
