import { forbidden, notFound, type Access, type Decision } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { decide, scopeOf } from '../domain/decide.ts'
import type { Principals } from './principals.ts'

/** The `Access` that all modules use. */
export function accessOf(principals: Principals, clock: Clock): Access {
  return {
    authenticate: (authorization) => principals.authenticate(authorization),

    authorise(principal, action, object): Decision {
      const verdict = decide(principal, action, object)
      if (verdict === 'hidden') throw new CallerError(notFound, 'There is no such thing among those you can see.')
      if (verdict === 'forbidden') throw refusal(principal.name, action)
      return new Allowed(clock)
    },

    scope(principal, action) {
      const scope = scopeOf(principal, action)
      if (!scope) throw refusal(principal.name, action)
      return scope
    },
  }
}

/** Makes its id when somebody asks for it: most requests only need to know that they were allowed. */
class Allowed implements Decision {
  readonly #clock: Clock
  #id: string | undefined
  constructor(clock: Clock) {
    this.#clock = clock
  }
  get id(): string {
    return (this.#id ??= newId('dec', this.#clock.now()))
  }
}

function refusal(name: string, action: string): CallerError {
  return new CallerError(forbidden, `${name} may not ${action}.`)
}
