import { formatPattern, PatternError } from '@sutler/patterns'
import {
  completionsAt,
  definitionAt,
  difference,
  fixesFor,
  highlightsAt,
  hoverAt,
  outlineOf,
  type Reading,
  referencesAt,
  renamableAt,
  renameAt,
  RenameError,
} from '@sutler/patterns/language'
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CompletionItem,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentSymbol,
  type Hover,
  type Location,
  LSPErrorCodes,
  type Range,
  ResponseError,
  type SemanticTokens,
  type TextDocumentPositionParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import { completionKinds, lspDiagnostic, lspEdits, lspHover, lspRange, lspSymbol } from './convert.ts'
import type { OpenDocuments } from './open-documents.ts'
import { semanticTokens } from './semantic-tokens.ts'

export interface AnswerOptions {
  /** Whether the editor shows Markdown. */
  readonly markdown: boolean
  readonly tasks: readonly string[] | null
}

/** Answers of the server to what an editor asks of a document. Of one that is not open there is nothing to say. */
export class Answers {
  readonly #documents: OpenDocuments
  readonly #options: AnswerOptions

  constructor(documents: OpenDocuments, options: AnswerOptions) {
    this.#documents = documents
    this.#options = options
  }

  hover(place: TextDocumentPositionParams): Hover | null {
    const hover = this.#at(place, hoverAt) ?? null
    return hover === null ? null : lspHover(hover, this.#options.markdown)
  }

  completion(place: TextDocumentPositionParams): CompletionItem[] {
    const { tasks } = this.#options
    const found = this.#at(place, (reading, offset) => completionsAt(reading, offset, tasks === null ? {} : { tasks }))
    return (found ?? []).map(({ label, kind, title, help, insert, range }, index) => ({
      label,
      kind: completionKinds[kind],
      detail: title,
      documentation: help,
      // What fits best stands first.
      sortText: String(index).padStart(5, '0'),
      textEdit: { range: lspRange(range), newText: insert },
    }))
  }

  definition(place: TextDocumentPositionParams): Location[] {
    return this.#locations(place, this.#at(place, definitionAt))
  }

  references(place: TextDocumentPositionParams, withDeclaration: boolean): Location[] {
    return this.#locations(
      place,
      this.#at(place, (reading, offset) => referencesAt(reading, offset, withDeclaration)),
    )
  }

  highlights(place: TextDocumentPositionParams): DocumentHighlight[] {
    return (this.#at(place, highlightsAt) ?? []).map(({ range, writes }) => ({
      range: lspRange(range),
      kind: writes ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }))
  }

  /** @throws ResponseError that says why nothing can be renamed here */
  renamable(place: TextDocumentPositionParams): { range: Range; placeholder: string } | null {
    const found = this.#at(place, (reading, offset) => refused(() => renamableAt(reading, offset)))
    return found === null ? null : { range: lspRange(found.range), placeholder: found.name }
  }

  /** @throws ResponseError that says why it cannot be renamed to this */
  rename(place: TextDocumentPositionParams, newName: string): WorkspaceEdit | null {
    const edits = this.#at(place, (reading, offset) => refused(() => renameAt(reading, offset, newName)))
    return edits === null ? null : { changes: { [place.textDocument.uri]: lspEdits(edits) } }
  }

  symbols(uri: string): DocumentSymbol[] {
    const found = this.#documents.reading(uri)
    return found === null ? [] : outlineOf(found.reading).map((item) => lspSymbol(item))
  }

  semanticTokens(uri: string): SemanticTokens {
    const found = this.#documents.reading(uri)
    return found === null ? { data: [] } : semanticTokens(found.reading)
  }

  /** @throws ResponseError when the text has mistakes, so that there is no usual form of it */
  formatting(uri: string): TextEdit[] {
    const found = this.#documents.reading(uri)
    if (found === null) return []
    try {
      return lspEdits(difference(found.reading.positions, formatPattern(found.reading.text)))
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      const line = error.diagnostics[0]?.range.start.line ?? 1
      throw new ResponseError(LSPErrorCodes.RequestFailed, `line ${line} cannot be read: mend it first`)
    }
  }

  actions({ textDocument: { uri }, range: { start, end } }: CodeActionParams): CodeAction[] {
    const found = this.#documents.reading(uri)
    if (found === null) return []
    const [from, to] = [found.document.offsetAt(start), found.document.offsetAt(end)]
    const near = this.#documents
      .diagnosticsNow(uri)
      .filter((each) => from <= each.range.end.offset && each.range.start.offset <= to)
    return near.flatMap((diagnostic) =>
      fixesFor(found.reading, diagnostic).map(({ title, edits }) => ({
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [lspDiagnostic(diagnostic)],
        isPreferred: true,
        edit: { changes: { [uri]: lspEdits(edits) } },
      })),
    )
  }

  #at<T>(
    { textDocument, position }: TextDocumentPositionParams,
    ask: (reading: Reading, offset: number) => T,
  ): T | null {
    const found = this.#documents.reading(textDocument.uri)
    return found === null ? null : ask(found.reading, found.document.offsetAt(position))
  }

  #locations(
    { textDocument: { uri } }: TextDocumentPositionParams,
    ranges: readonly Parameters<typeof lspRange>[0][] | null,
  ) {
    return (ranges ?? []).map((range) => ({ uri, range: lspRange(range) }))
  }
}

function refused<T>(ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    if (!(error instanceof RenameError)) throw error
    throw new ResponseError(LSPErrorCodes.RequestFailed, error.message)
  }
}
