/** Something of a document that the other form cannot say; the rest was carried over. */
export interface Loss {
  readonly code: string
  /** Where it stands in what was read: a JSON pointer into a model, `line:column` in XML. */
  readonly place: string
  /** One sentence: what is lost and what that means. */
  readonly message: string
}
