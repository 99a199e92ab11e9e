import { createConnection, type InitializeParams, MarkupKind } from 'vscode-languageserver/node'
import { Answers } from './answers.ts'
import { capabilities } from './capabilities.ts'
import { Checker } from './checker.ts'
import { lspDiagnostic } from './convert.ts'
import { LiveDiagnostics } from './live-diagnostics.ts'
import { OpenDocuments } from './open-documents.ts'

/**
 * Serves one editor by the Language Server Protocol over standard input and output. The process ends with `exit`, with
 * standard input, or with the editor's process: status 0 after `shutdown`, else 1. So the promise is never settled.
 */
export function serve(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Promise<never> {
  const connection = createConnection(input, output)
  const documents = new OpenDocuments()
  connection.onInitialize((params) => {
    const options = { markdown: showsMarkdown(params), tasks: tasksOf(params.initializationOptions) }
    answer(connection, new Answers(documents, options))
    watch(connection, documents, options.tasks)
    return { capabilities, serverInfo: { name: 'sutler' } }
  })
  documents.texts.listen(connection)
  connection.listen()
  return new Promise(() => {})
}

type Connection = ReturnType<typeof createConnection>

function answer(connection: Connection, answers: Answers): void {
  connection.onHover((place) => answers.hover(place))
  connection.onCompletion((place) => answers.completion(place))
  connection.onDefinition((place) => answers.definition(place))
  connection.onReferences((params) => answers.references(params, params.context.includeDeclaration))
  connection.onDocumentHighlight((place) => answers.highlights(place))
  connection.onPrepareRename((place) => answers.renamable(place))
  connection.onRenameRequest((params) => answers.rename(params, params.newName))
  connection.onDocumentSymbol(({ textDocument }) => answers.symbols(textDocument.uri))
  connection.onDocumentFormatting(({ textDocument }) => answers.formatting(textDocument.uri))
  connection.languages.semanticTokens.on(({ textDocument }) => answers.semanticTokens(textDocument.uri))
  connection.onCodeAction((params) => answers.actions(params))
}

function watch(connection: Connection, documents: OpenDocuments, tasks: readonly string[] | null): void {
  const checker = new Checker()
  const live = new LiveDiagnostics({
    current: (uri) => {
      const document = documents.texts.get(uri)
      return document === undefined ? null : { text: document.getText(), version: document.version }
    },
    check: (text) => checker.check(text, tasks),
    publish: (uri, version, diagnostics) => {
      documents.published(uri, { version, diagnostics })
      void connection.sendDiagnostics({ uri, version, diagnostics: diagnostics.map((each) => lspDiagnostic(each)) })
    },
  })
  documents.texts.onDidChangeContent(({ document }) => live.changed(document.uri))
  documents.texts.onDidClose(({ document: { uri } }) => {
    live.closed(uri)
    documents.forget(uri)
    void connection.sendDiagnostics({ uri, diagnostics: [] })
  })
}

function showsMarkdown({ capabilities }: InitializeParams): boolean {
  return capabilities.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false
}

const mostTasks = 10_000

/** `{"tasks": ["device.offer", …]}`: the host's tasks, when the editor's settings name them. */
function tasksOf(options: unknown): readonly string[] | null {
  if (typeof options !== 'object' || options === null || !('tasks' in options) || !Array.isArray(options.tasks))
    return null
  const tasks = options.tasks.filter((task) => typeof task === 'string').slice(0, mostTasks)
  return tasks.length === 0 ? null : tasks
}
