/** Bounds that make every text end soon. Beyond the first two the text is not read at all (`too-large`). */
export const patternLimits = {
  /** UTF-16 units. */
  textLength: 1024 * 1024,
  lines: 65_536,
  /** Lists and maps within one another in an initial value: as deep as a document's may be. */
  valueDepth: 126,
  /** Further ones are not listed. */
  diagnostics: 100,
} as const
