import { compile, evaluate, ExpressionError, type CompiledExpression } from '@sutler/expressions'

/** What a claim's expression sees of a device. */
export interface Applicant {
  readonly serial: string
  readonly class: string
}

/** Who has to agree to an enrolment besides the claim: nobody (`none`), a person (`person`), or a CEL expression. */
export type Approval = string

const specimen: Applicant = { serial: 'SN-1', class: 'gateway' }

/** What is wrong with a claim's approval; null when devices can be judged by it. */
export function approvalMistake(approval: Approval): string | null {
  if (approval === 'none' || approval === 'person') return null
  try {
    const compiled = compile(approval)
    const unknown = compiled.references.find(({ path: [name = ''] }) => !Object.hasOwn(specimen, name))
    if (unknown) return `reads “${unknown.path[0]}”: there are serial and class (and the words none and person)`
    const result = evaluate(compiled, { ...specimen })
    return typeof result === 'boolean' ? null : 'gives no truth value: end it in a comparison'
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const position = error.position === undefined ? '' : ` (at character ${error.position + 1})`
    return `is not a usable CEL expression: ${error.reason}${position}`
  }
}

/** Judges applicants; compiles each expression once. An expression that fails leaves it to a person. */
export function approvals(): (approval: Approval, applicant: Applicant) => boolean {
  const compiled = new Map<string, CompiledExpression>()
  return (approval, { serial, class: deviceClass }) => {
    if (approval === 'none') return true
    if (approval === 'person') return false
    try {
      const known = compiled.get(approval) ?? compile(approval)
      compiled.set(approval, known)
      return evaluate(known, { serial, class: deviceClass }) === true
    } catch (error) {
      if (error instanceof ExpressionError) return false
      throw error
    }
  }
}
