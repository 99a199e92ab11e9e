import type { CompletionKind, Diagnostic, Hover, OutlineItem, Range, TextEdit } from '@sutler/patterns/language'
import {
  CompletionItemKind,
  DiagnosticSeverity,
  type DocumentSymbol,
  MarkupKind,
  SymbolKind,
  type Diagnostic as LspDiagnostic,
  type Hover as LspHover,
  type Range as LspRange,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver/node'

/** From the services' values to the protocol's: lines and columns count from 0 there. */

export function lspRange({ start, end }: Range): LspRange {
  return {
    start: { line: start.line - 1, character: start.column - 1 },
    end: { line: end.line - 1, character: end.column - 1 },
  }
}

export function lspEdits(edits: readonly TextEdit[]): LspTextEdit[] {
  return edits.map(({ range, newText }) => ({ range: lspRange(range), newText }))
}

export function lspDiagnostic({ code, severity, message, range, witness }: Diagnostic): LspDiagnostic {
  const way =
    witness === undefined || witness.length === 0
      ? ''
      : `\nA shortest way there: ${witness.map(({ signal, states }) => `${signal} → ${states.join(', ')}`).join('; ')}`
  return {
    source: 'sutler',
    code,
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    message: `${message}${way}`,
    range: lspRange(range),
  }
}

export function lspHover({ range, title, lines }: Hover, markdown: boolean): LspHover {
  const value = markdown
    ? [`\`\`\`sutler-pattern\n${title}\n\`\`\``, ...lines.map((line) => escaped(line))].join('\n\n')
    : [title, ...lines].join('\n')
  return { range: lspRange(range), contents: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value } }
}

function escaped(line: string): string {
  return line.replace(/[\\`*_{}[\]<>#|!~&]/g, String.raw`\$&`)
}

export const completionKinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  model: CompletionItemKind.Module,
  state: CompletionItemKind.EnumMember,
  signal: CompletionItemKind.Event,
  task: CompletionItemKind.Function,
  data: CompletionItemKind.Field,
  shared: CompletionItemKind.Field,
  argument: CompletionItemKind.Property,
  call: CompletionItemKind.Property,
  child: CompletionItemKind.Reference,
  result: CompletionItemKind.Property,
  word: CompletionItemKind.Keyword,
  type: CompletionItemKind.TypeParameter,
  variable: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  value: CompletionItemKind.Value,
}

const symbolKinds: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  model: SymbolKind.Module,
  section: SymbolKind.Namespace,
  data: SymbolKind.Field,
  state: SymbolKind.EnumMember,
  signal: SymbolKind.Event,
  transition: SymbolKind.Function,
  result: SymbolKind.Property,
}

export function lspSymbol({ name, detail, kind, range, nameRange, children }: OutlineItem): DocumentSymbol {
  return {
    name,
    detail,
    kind: symbolKinds[kind],
    range: lspRange(range),
    selectionRange: lspRange(nameRange),
    children: children.map((child) => lspSymbol(child)),
  }
}
