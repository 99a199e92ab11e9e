import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import oniguruma from 'vscode-oniguruma'
import textmate from 'vscode-textmate'

export interface ColouredToken {
  readonly text: string
  /** The most particular scope, without the language's name. */
  readonly scope: string
}

const scopeName = 'source.sutler-pattern'

/** Reads texts as VS Code does, with the same engine and the extension's grammar. */
export async function createTokenizer(): Promise<(text: string) => ColouredToken[][]> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm')
  await oniguruma.loadWASM(await readFile(wasm))
  const grammarUrl = new URL('../syntaxes/sutler-pattern.tmLanguage.json', import.meta.url)
  const source = await readFile(grammarUrl, 'utf8')
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(source, grammarUrl.pathname),
  })
  const grammar = await registry.loadGrammar(scopeName)
  if (grammar === null) throw new Error('the grammar cannot be loaded')
  return (text) => {
    let state = textmate.INITIAL
    return text.split('\n').map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state)
      state = ruleStack
      return tokens.map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        scope: scopes.at(-1)!.replace(/\.sutler-pattern$/, ''),
      }))
    })
  }
}
