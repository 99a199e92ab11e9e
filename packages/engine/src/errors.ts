/** Something that `compileModel` or `check` has to say about a model document. */
export interface Finding {
  readonly code: string
  /** JSON pointer into the model document. */
  readonly pointer: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** The source of the expression that it speaks of, where that is only a part of what stands at the pointer. */
  readonly expression?: string
  /** Where in that source the mistake is, in UTF-16 units. */
  readonly offset?: number
  /** The name that does not exist, as it is written: `qeued`, `data.atempts`. */
  readonly name?: string
  /** The known name that is most like it. */
  readonly nearest?: string
  /** Shortest way from the initial states, for findings about reachable sets of states. */
  readonly witness?: readonly WitnessStep[]
}

export interface WitnessStep {
  readonly signal: string
  /** Names of the transitions that fire. */
  readonly fired: readonly string[]
  /** The states after it. */
  readonly states: readonly string[]
}

/** A model document that cannot be executed. `code` is the first finding's. */
export class ModelError extends Error {
  readonly code: string
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    super(findings.map((finding) => `${finding.pointer === '' ? '/' : finding.pointer}: ${finding.message}`).join('\n'))
    this.name = 'ModelError'
    this.code = findings[0]?.code ?? 'invalid-document'
    this.findings = findings
  }
}

/** Undoes a step (section 2): why, and to what. Never leaves the engine. */
export class StepFailure extends Error {
  readonly reason: string

  constructor(reason: string, detail: string) {
    super(detail)
    this.name = 'StepFailure'
    this.reason = reason
  }
}

/** JSON pointer (RFC 6901) of a path of keys and indexes. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
