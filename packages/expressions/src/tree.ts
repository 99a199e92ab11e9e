import { parse } from '@bufbuild/cel'
import { internal } from './environment.ts'
import { expressionLimits } from './limits.ts'

export type Expr = NonNullable<ReturnType<typeof parse>['expr']>
type Comprehension = Extract<Expr['exprKind'], { case: 'comprehensionExpr' }>['value']

/** The syntax tree is above a limit, or says what is not offered here. */
export class Refused extends Error {
  readonly code: 'expression-too-large' | 'syntax-error'

  constructor(code: 'expression-too-large' | 'syntax-error', reason: string) {
    super(reason)
    this.name = 'Refused'
    this.code = code
  }
}

/** What an expression reads: `['data', 'attempts']` for `data.attempts`; `tested` when only `has()` asks for it. */
export interface Reference {
  readonly path: readonly string[]
  readonly tested: boolean
}

export interface Survey {
  readonly nodes: number
  readonly references: readonly Reference[]
}

/** Children of a node, in order of evaluation. */
export function children(expr: Expr): Expr[] {
  const kind = expr.exprKind
  switch (kind.case) {
    case 'selectExpr':
      return present([kind.value.operand])
    case 'callExpr':
      return present([kind.value.target, ...kind.value.args])
    case 'listExpr':
      return kind.value.elements
    case 'structExpr':
      return kind.value.entries.flatMap((entry) =>
        present([entry.keyKind.case === 'mapKey' ? entry.keyKind.value : undefined, entry.value]),
      )
    case 'comprehensionExpr':
      return present([
        kind.value.iterRange,
        kind.value.accuInit,
        kind.value.loopCondition,
        kind.value.loopStep,
        kind.value.result,
      ])
    default:
      return []
  }
}

function present(exprs: readonly (Expr | undefined)[]): Expr[] {
  return exprs.filter((expr) => expr !== undefined)
}

/** Counts nodes, refuses what is too large or makes messages, and collects what the expression reads. */
export function survey(root: Expr): Survey {
  const references: Reference[] = []
  let nodes = 0
  const visit = (expr: Expr, depth: number, bound: ReadonlySet<string>): void => {
    nodes += 1
    if (nodes > expressionLimits.nodes)
      throw new Refused('expression-too-large', `more than ${expressionLimits.nodes} nodes`)
    if (depth > expressionLimits.depth)
      throw new Refused('expression-too-large', `nested deeper than ${expressionLimits.depth}`)
    const kind = expr.exprKind
    if (kind.case === 'structExpr' && kind.value.messageName !== '') {
      throw new Refused('syntax-error', `messages such as ${kind.value.messageName} cannot be made here`)
    }
    const reference = referenceOf(expr)
    if (reference !== null && !bound.has(reference.path[0] ?? '')) references.push(reference)
    if (reference !== null) return countPath(expr, depth)
    const inner =
      kind.case === 'comprehensionExpr' ? new Set([...bound, kind.value.iterVar, kind.value.accuVar]) : bound
    for (const child of children(expr)) visit(child, depth + 1, child === rangeOf(expr) ? bound : inner)
  }
  const countPath = (expr: Expr, depth: number): void => {
    let length = depth
    for (let at = expr; at.exprKind.case === 'selectExpr' && at.exprKind.value.operand !== undefined; length += 1) {
      at = at.exprKind.value.operand
      nodes += 1
    }
    if (length > expressionLimits.depth)
      throw new Refused('expression-too-large', `nested deeper than ${expressionLimits.depth}`)
  }
  visit(root, 1, new Set())
  return { nodes, references }
}

function rangeOf(expr: Expr): Expr | undefined {
  return expr.exprKind.case === 'comprehensionExpr' ? expr.exprKind.value.iterRange : undefined
}

function referenceOf(expr: Expr): Reference | null {
  const path: string[] = []
  const tested = expr.exprKind.case === 'selectExpr' && expr.exprKind.value.testOnly
  for (let at: Expr | undefined = expr; at !== undefined;) {
    if (at.exprKind.case === 'identExpr') return { path: [at.exprKind.value.name, ...path], tested }
    if (at.exprKind.case !== 'selectExpr') return null
    path.unshift(at.exprKind.value.field)
    at = at.exprKind.value.operand
  }
  return null
}

/** Nodes of a loop's body that one unit of the budget pays for; calls among them pay for themselves too. */
const nodesPerUnit = 4

/**
 * Makes every loop pay before it starts and lets `map` and `filter` append in place. Changes the tree it is given and
 * returns the number of its nodes.
 */
export function meterLoops(expr: Expr): number {
  let nodes = 1
  for (const child of children(expr)) nodes += meterLoops(child)
  if (expr.exprKind.case === 'comprehensionExpr')
    meterLoop(expr.id, expr.exprKind.value, Math.ceil(nodes / nodesPerUnit))
  return nodes
}

function meterLoop(id: bigint, loop: Comprehension, weight: number): void {
  if (loop.iterRange === undefined) return
  loop.iterRange = call(id, internal.range, [loop.iterRange, integer(id, weight)])
  if (loop.accuInit?.exprKind.case !== 'listExpr' || loop.loopStep === undefined) return
  loop.accuInit = call(id, internal.list, [])
  const step = loop.loopStep.exprKind
  const addition = step.case === 'callExpr' && step.value.function === '_?_:_' ? step.value.args[1] : loop.loopStep
  if (addition?.exprKind.case !== 'callExpr') return
  const [accumulated, added] = addition.exprKind.value.args
  const element = added?.exprKind.case === 'listExpr' ? added.exprKind.value.elements[0] : undefined
  if (accumulated === undefined || element === undefined) return
  addition.exprKind.value.function = internal.append
  addition.exprKind.value.args = [accumulated, element]
}

function call(id: bigint, name: string, args: Expr[]): Expr {
  const value = { $typeName: 'cel.expr.Expr.Call' as const, function: name, args }
  return { $typeName: 'cel.expr.Expr', id, exprKind: { case: 'callExpr', value } }
}

function integer(id: bigint, value: number): Expr {
  const constantKind = { case: 'int64Value' as const, value: BigInt(value) }
  return {
    $typeName: 'cel.expr.Expr',
    id,
    exprKind: { case: 'constExpr', value: { $typeName: 'cel.expr.Constant', constantKind } },
  }
}
