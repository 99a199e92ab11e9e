import type { XmlPlace } from '../xml/read.ts'

/** SCXML that no model can be made from, at its exact place. */
export class ScxmlError extends Error {
  readonly code: string
  /** From 1. */
  readonly line: number
  readonly column: number

  constructor(code: string, message: string, { line, column }: XmlPlace) {
    super(`${line}:${column}: ${message}`)
    this.name = 'ScxmlError'
    this.code = code
    this.line = line
    this.column = column
  }
}
