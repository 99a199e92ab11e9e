import type { Range } from './range.ts'
import type { Comment, Statement, Text, Value } from './statements.ts'

export type { Position, Range } from './range.ts'
export type { Comment, Statement, Text, Token, TokenKind, Value, ValueEntry } from './statements.ts'

/**
 * The syntax tree of a pattern. Every name, expression, value and text has its exact range, so that tools (hover, completion,
 * rename, findings of `check`) can point at it. `statements` holds the whole text token by token (what the formatter
 * prints again); `parts` holds what the statements mean; `names` lists every name in the order of the text.
 *
 * A statement that is wrong still has a node with all that could be read of it: optional fields are then absent.
 */

/** What a name stands for. `argument` is one of a signal, a task or a call; `child` is a task's `as`; `result` is a name under `returns`. */
export type NameRole = 'model' | 'state' | 'signal' | 'task' | 'data' | 'shared' | 'argument' | 'child' | 'result'

/** A name where it is declared or used; written bare, or in quotes where it would be read as something else. */
export interface Name {
  readonly kind: 'name'
  readonly role: NameRole
  readonly value: string
  /** With the quotes, when there are any. */
  readonly range: Range
  /** Whether the name is declared here: a state under `states`, an entry under `data`, … */
  readonly declares: boolean
}

/** Characters of `source` from `offset` on stand in the text from `at` on, up to the next piece. */
export interface Piece {
  readonly offset: number
  readonly at: number
}

/** A CEL expression. Lines of one that runs over several are joined by a space, comments in it left out. */
export interface Expression {
  readonly kind: 'expression'
  readonly source: string
  readonly range: Range
  /** Where the parts of `source` stand; empty when it is written as `cel "…"`, where no character can be pointed at. */
  readonly pieces: readonly Piece[]
}

/** Text that holds expressions in `{…}`: an instance's URL, the name of a subinstance, the address of a signal. */
export interface Template {
  readonly kind: 'template'
  readonly source: string
  readonly range: Range
  readonly expressions: readonly Expression[]
}

/** `name = expression` or `name: expression`. */
export interface Assignment {
  readonly kind: 'assignment'
  readonly range: Range
  readonly name: Name
  readonly expression?: Expression
}

/** `(a: …, b: …)`; empty parentheses are a list of none, which is not the same document as no parentheses. */
export interface Arguments {
  readonly range: Range
  readonly assignments: readonly Assignment[]
}

/** `a, b`, or `none`. `any` is true where `any` was among them. */
export interface Names {
  readonly range: Range
  readonly names: readonly (Name | Everything)[]
}

/** The word `any` in a list of states: all that are current. */
export interface Everything {
  readonly kind: 'any'
  readonly range: Range
}

/** One of the three things that the first line says: `model <name> <version> "<title>"`. */
export interface Head {
  readonly kind: 'model' | 'version' | 'title'
  readonly range: Range
  /** The word `model`; of version and title the text itself. */
  readonly keyword: Range
  readonly value?: Name | Text
}

/** The entries of `shared` or `data`. */
export interface DataPart {
  readonly kind: 'shared' | 'data'
  readonly range: Range
  /** Its first word. */
  readonly keyword: Range
  readonly entries: readonly DataEntry[]
  /** `none`: the document has the map, and it is empty. */
  readonly nothing?: Range
}

export interface DataEntry {
  readonly range: Range
  readonly name: Name
  readonly value?: Value
}

export interface StatesPart {
  readonly kind: 'states'
  readonly range: Range
  /** Its first word. */
  readonly keyword: Range
  readonly states: readonly StateDeclaration[]
}

export interface StateDeclaration {
  readonly range: Range
  readonly name: Name
  readonly initial: boolean
  readonly final: boolean
}

/** `initial a, b` and `final a, b`, where marks at the states cannot say the same. */
export interface MarksPart {
  readonly kind: 'initial' | 'final'
  readonly range: Range
  /** Its first word. */
  readonly keyword: Range
  readonly states?: Names
}

export interface SignalsPart {
  readonly kind: 'signals'
  readonly range: Range
  /** Its first word. */
  readonly keyword: Range
  readonly signals: readonly SignalNode[]
  /** `none`: the document declares that there are no signals. */
  readonly nothing?: Range
}

export interface SignalNode {
  readonly range: Range
  readonly name: Name
  readonly args?: { readonly range: Range; readonly parameters: readonly ParameterNode[] }
  readonly urgent?: Flag
  readonly deferrable?: Flag
}

export interface ParameterNode {
  readonly range: Range
  readonly name: Name
  /** With its `?`, if there is one. */
  readonly type?: Text
}

export interface Flag {
  readonly value: boolean
  readonly range: Range
}

export interface ReturnsPart {
  readonly kind: 'returns'
  readonly range: Range
  /** Its first word. */
  readonly keyword: Range
  readonly assignments: readonly Assignment[]
  /** `none`: the document has the map, and it is empty. */
  readonly nothing?: Range
}

export interface TransitionNode {
  readonly kind: 'transition'
  /** From `on` to the end of the last body statement. */
  readonly range: Range
  /** Of the first line alone. */
  readonly headRange: Range
  readonly on?: Name
  readonly from?: Names
  readonly to?: Names
  readonly clear?: Names
  /** Absent: the transition is named as its signal. */
  readonly name?: Text
  readonly when?: Expression
  readonly body: readonly BodyNode[]
}

export type BodyNode = AssignNode | CancelNode | TaskNode | EmitNode | CallNode | NothingNode

/** `set x = …`; of one kind each is one entry of the transition's `args`, `set` or `share`. */
export interface AssignNode {
  readonly kind: 'args' | 'set' | 'share'
  readonly range: Range
  readonly assignment?: Assignment
}

/** `task none` and the like: the document has the list, and it is empty. */
export interface NothingNode {
  readonly kind: 'nothing'
  readonly of: 'args' | 'set' | 'share' | 'cancel' | 'task' | 'emit' | 'call'
  readonly range: Range
}

export interface CancelNode {
  readonly kind: 'cancel'
  readonly range: Range
  readonly signals: Names
}

export interface TaskNode {
  readonly kind: 'task'
  readonly range: Range
  readonly task?: Name
  readonly args?: Arguments
  readonly as?: Name
  readonly done?: Name
  readonly failed?: Name
  readonly retry?: RetryNode
  readonly timeout?: Text
}

export interface RetryNode {
  readonly range: Range
  readonly attempts?: Quantity
  readonly first?: Text
  readonly factor?: Quantity
  readonly max?: Text
}

/** A number. */
export interface Quantity {
  readonly value: number
  readonly range: Range
}

export interface EmitNode {
  readonly kind: 'emit'
  readonly range: Range
  readonly signal?: Name
  readonly args?: Arguments
  readonly to?: Template
  readonly after?: Expression
  readonly at?: Expression
  readonly while?: Names
  readonly reply?: Name
}

export interface CallNode {
  readonly kind: 'call'
  readonly range: Range
  readonly url?: Template
  readonly args?: Arguments
  readonly as?: Template
  readonly wait?: Flag
  readonly done?: Name
  readonly failed?: Name
}

export type Part = Head | DataPart | StatesPart | MarksPart | SignalsPart | TransitionNode | ReturnsPart

export interface PatternTree {
  readonly text: string
  readonly range: Range
  readonly statements: readonly Statement[]
  readonly comments: readonly Comment[]
  readonly parts: readonly Part[]
  /** Every name, in the order of the text. */
  readonly names: readonly Name[]
  /** Every expression, those of templates included, in the order of the text. */
  readonly expressions: readonly Expression[]
}
