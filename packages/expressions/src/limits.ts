/**
 * Bounds that make every expression end soon in little memory, whatever it says.
 * One unit of the evaluation budget is about a microsecond of work or less.
 */
export const expressionLimits = {
  /** Characters of source text. */
  sourceLength: 4096,
  /** Nodes of the syntax tree after macros are expanded. */
  nodes: 2048,
  depth: 128,
  /** Units one evaluation may spend on calls, iterations (nested ones multiply), text looked through and values compared. */
  budget: 100_000,
  /** UTF-16 units of a text, bytes of a byte string, that an expression makes. */
  textLength: 262_144,
  /** Characters of text read as a number, a timestamp or a duration. */
  literalLength: 256,
  /** Characters of a regular expression. */
  patternLength: 256,
} as const
