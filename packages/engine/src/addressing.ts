import type { Address } from './compiled.ts'
import { StepFailure } from './errors.ts'
import { type Scope, textOf } from './evaluation.ts'
import type { Child, Instance, Signal } from './types.ts'
import { parseUrl, percentEncoded, sameInstance } from './url.ts'

/** Where an emitted signal goes. */
export interface Addressee {
  /** As written, templates filled in. */
  readonly address: string
  /** The instance's URL, the emitter's own when it is for itself; null when there is nobody (yet). */
  readonly url: string | null
  /** The name of a subinstance that is not running yet. */
  readonly child: string | null
}

export interface Emitter {
  readonly instance: Instance
  /** The signal that is being taken. */
  readonly signal: Signal
  readonly children: readonly Child[]
  readonly url: string
}

/**
 * Resolves an address. To nobody (no parent, a sender that is no instance, an unknown subinstance) is no error: as in
 * SCXML (6.2, error.communication) a signal that cannot be delivered does not undo the step.
 */
export function addressee(to: Address, scope: Scope, emitter: Emitter, transition: string): Addressee {
  switch (to.kind) {
    case 'self':
      return { address: 'self', url: emitter.url, child: null }
    case 'parent':
      return { address: 'parent', url: emitter.instance.parent?.url ?? null, child: null }
    case 'sender':
      return { address: 'sender', url: toInstance(emitter.signal.from, emitter.url), child: null }
    case 'child': {
      const as = textOf(to.as, scope, transition)
      const child = emitter.children.find((other) => other.as === as)
      return { address: `child:${as}`, url: child?.url ?? null, child: child === undefined ? as : null }
    }
    case 'url': {
      const text = textOf(to.url, scope, transition, wholeUrl(to) ? String : percentEncoded)
      const url = toInstance(text, emitter.url)
      if (url === null) throw new StepFailure('bad-url', `transition "${transition}": ${text} is no instance's URL`)
      return { address: text, url, child: null }
    }
  }
}

/** `{expression}` alone gives a URL as it is; inside a URL an expression's value is percent-encoded. */
function wholeUrl(to: Extract<Address, { kind: 'url' }>): boolean {
  return to.url.parts.length === 1
}

function toInstance(text: string, own: string): string | null {
  if (sameInstance(text, own)) return own
  return parseUrl(text) === null ? null : text
}
