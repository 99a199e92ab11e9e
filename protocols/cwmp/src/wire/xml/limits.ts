/** What a message may take; a device's longest real one (10,000 parameter values) stays below each. */
export const xmlLimits = {
  /** Characters. */
  textLength: 2_000_000,
  elements: 60_000,
  /** Envelope, Body, method, list, structure, structure within, field: 7; some clients wrap once more. */
  depth: 12,
  /** Of one element, namespace declarations included. */
  attributes: 24,
  /** Characters of a name with its prefix. */
  nameLength: 256,
}
