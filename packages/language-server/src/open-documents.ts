import { type Diagnostic, type Reading, readForEditing } from '@sutler/patterns/language'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { TextDocuments } from 'vscode-languageserver/node'

interface Known {
  readonly version: number
  readonly reading: Reading
}

/** What was last published of a document. */
interface Published {
  readonly version: number
  readonly diagnostics: readonly Diagnostic[]
}

/** The documents that the editor has open, each read once per version. */
export class OpenDocuments {
  readonly texts = new TextDocuments(TextDocument)
  readonly #readings = new Map<string, Known>()
  readonly #published = new Map<string, Published>()

  /** Null when the document is not open. */
  reading(uri: string): { readonly document: TextDocument; readonly reading: Reading } | null {
    const document = this.texts.get(uri)
    if (document === undefined) return null
    const known = this.#readings.get(uri)
    if (known?.version === document.version) return { document, reading: known.reading }
    const reading = readForEditing(document.getText())
    this.#readings.set(uri, { version: document.version, reading })
    return { document, reading }
  }

  published(uri: string, published: Published): void {
    this.#published.set(uri, published)
  }

  /** What was published of the text as it is now; none when it has changed since. */
  diagnosticsNow(uri: string): readonly Diagnostic[] {
    const published = this.#published.get(uri)
    return published !== undefined && published.version === this.texts.get(uri)?.version ? published.diagnostics : []
  }

  forget(uri: string): void {
    this.#readings.delete(uri)
    this.#published.delete(uri)
  }
}
