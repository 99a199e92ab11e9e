/** What a filter may cost at most, known before it runs. */
export const filterLimits = {
  /** Nodes of the syntax tree after macros are expanded. */
  nodes: 400,
  /** `exists`, `all`, `exists_one`. */
  loops: 8,
  patterns: 8,
} as const
