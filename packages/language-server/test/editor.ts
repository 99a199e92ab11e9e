import { type ChildProcess, spawn } from 'node:child_process'
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node'

const root = new URL('../../../', import.meta.url).pathname
/** Milliseconds; a machine under load starts a process slowly. */
const patience = 20_000

/** An editor with one server process behind it. */
export class Editor {
  readonly connection: ProtocolConnection
  readonly #process: ChildProcess
  readonly #exit: Promise<number | null>
  readonly #published: PublishDiagnosticsParams[] = []
  readonly #listeners = new Set<() => void>()
  #errors = ''

  constructor() {
    const child = spawn(process.execPath, ['packages/cli/src/main.ts', 'language-server', '--stdio'], {
      cwd: root,
      stdio: 'pipe',
    })
    this.#process = child
    this.#exit = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text))
    const writer = new StreamMessageWriter(child.stdin)
    this.connection = createProtocolConnection(new StreamMessageReader(child.stdout), writer)
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.#published.push(params)
      for (const listener of this.#listeners) listener()
    })
    this.connection.listen()
  }

  async initialize(initializationOptions: object = {}): Promise<InitializeResult> {
    const hover = { contentFormat: ['markdown' as const] }
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { hover } },
      initializationOptions,
    })
    await this.connection.sendNotification(InitializedNotification.type, {})
    return result
  }

  open(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: 'sutler-pattern', version: 1, text }
    return this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument })
  }

  change(uri: string, version: number, text: string): Promise<void> {
    const params = { textDocument: { uri, version }, contentChanges: [{ text }] }
    return this.connection.sendNotification(DidChangeTextDocumentNotification.type, params)
  }

  /** All that was published of a document, in order. */
  published(uri: string): PublishDiagnosticsParams[] {
    return this.#published.filter((params) => params.uri === uri)
  }

  /** The diagnostics of a version of a document, as soon as they are there. */
  diagnostics(uri: string, version: number | undefined): Promise<readonly Diagnostic[]> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.published(uri).find((params) => params.version === version)
        if (found === undefined) return
        clearTimeout(deadline)
        this.#listeners.delete(look)
        resolve(found.diagnostics)
      }
      const deadline = setTimeout(() => {
        this.#listeners.delete(look)
        reject(new Error(`no diagnostics of version ${version} of ${uri}: ${this.#errors}`))
      }, patience)
      this.#listeners.add(look)
      look()
    })
  }

  /** Ends the session in order. @returns the exit status */
  async close(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type)
    await this.connection.sendNotification(ExitNotification.type)
    return this.ended()
  }

  closeInput(): void {
    this.#process.stdin?.end()
  }

  /** The exit status, once the process has ended by itself. */
  async ended(): Promise<number | null> {
    let deadline: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      deadline = setTimeout(() => reject(new Error('the server does not end')), patience)
    })
    try {
      return await Promise.race([this.#exit, late])
    } finally {
      clearTimeout(deadline)
    }
  }

  kill(): void {
    this.connection.dispose()
    this.#process.kill('SIGKILL')
  }
}
