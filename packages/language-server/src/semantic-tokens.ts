import { type ColourKind, coloursOf, type Reading } from '@sutler/patterns/language'
import { SemanticTokensBuilder, type SemanticTokens, SemanticTokenTypes } from 'vscode-languageserver/node'

/** Types that editors know colours for. */
const types: Readonly<Record<ColourKind, SemanticTokenTypes>> = {
  model: SemanticTokenTypes.namespace,
  state: SemanticTokenTypes.enumMember,
  signal: SemanticTokenTypes.event,
  task: SemanticTokenTypes.method,
  data: SemanticTokenTypes.property,
  shared: SemanticTokenTypes.property,
  argument: SemanticTokenTypes.parameter,
  call: SemanticTokenTypes.parameter,
  child: SemanticTokenTypes.class,
  result: SemanticTokenTypes.property,
  word: SemanticTokenTypes.keyword,
  type: SemanticTokenTypes.type,
  text: SemanticTokenTypes.string,
  number: SemanticTokenTypes.number,
  constant: SemanticTokenTypes.keyword,
  comment: SemanticTokenTypes.comment,
  operator: SemanticTokenTypes.operator,
  variable: SemanticTokenTypes.variable,
  function: SemanticTokenTypes.function,
}

export const tokenTypes: readonly SemanticTokenTypes[] = [...new Set(Object.values(types))]

/** The colours of a text as the protocol writes them: each by its distance from the one before. */
export function semanticTokens(reading: Reading): SemanticTokens {
  const builder = new SemanticTokensBuilder()
  for (const { start, end, kind } of coloursOf(reading)) {
    const { line, column } = reading.positions.at(start)
    builder.push(line - 1, column - 1, end - start, tokenTypes.indexOf(types[kind]), 0)
  }
  return builder.build()
}
