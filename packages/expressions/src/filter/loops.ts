import type { Expr } from '../tree.ts'

/** A macro over a list, found again in what the parser makes of it. */
export interface Loop {
  readonly macro: 'exists' | 'all' | 'exists_one'
  readonly range: Expr
  readonly variable: string
  readonly condition: Expr
}

type Comprehension = Extract<Expr['exprKind'], { case: 'comprehensionExpr' }>['value']

/** Null when it is another macro: `map`, `filter`. */
export function loopOf({ loopStep, iterRange, iterVar, result }: Comprehension): Loop | null {
  if (iterRange === undefined || loopStep?.exprKind.case !== 'callExpr') return null
  const { function: step, args } = loopStep.exprKind.value
  const whole = result?.exprKind.case === 'callExpr'
  const found = (macro: Loop['macro'], condition: Expr | undefined): Loop | null =>
    condition === undefined ? null : { macro, range: iterRange, variable: iterVar, condition }
  if (step === '_||_') return found('exists', args[1])
  if (step === '_&&_') return found('all', args[1])
  return step === '_?_:_' && whole ? found('exists_one', args[0]) : null
}
