/** Bounds of an XML document that is read: whatever it says, it ends soon in little memory. */
export const xmlLimits = {
  /** UTF-16 units. */
  textLength: 1024 * 1024,
  elements: 20_000,
  depth: 64,
  /** Of one element. */
  attributes: 64,
} as const
