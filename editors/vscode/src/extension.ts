import { commands, type ExtensionContext, window, workspace } from 'vscode'
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node'

let client: LanguageClient | null = null
/** Starts and stops one after the other, however fast settings change. */
let turn: Promise<void> = Promise.resolve()

/** Starts the language server in folders that are trusted: it is a program of the folder. */
export async function activate({ subscriptions }: ExtensionContext): Promise<void> {
  subscriptions.push(
    commands.registerCommand('sutler.restartServer', restart),
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('sutler')) void restart()
    }),
  )
  await restart()
}

export function deactivate(): Promise<void> {
  turn = turn.then(stop)
  return turn
}

function restart(): Promise<void> {
  turn = turn.then(stop).then(start)
  return turn
}

async function stop(): Promise<void> {
  const running = client
  client = null
  // One that did not start cannot be stopped.
  if (running?.isRunning() === true) await running.stop()
}

/** Milliseconds that a server may take to start. */
const longestStart = 30_000

async function start(): Promise<void> {
  if (!workspace.isTrusted) return
  const started = new LanguageClient('sutler', 'Sutler patterns', serverOptions(), clientOptions())
  client = started
  let deadline: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => reject(new Error('it does not answer')), longestStart)
  })
  try {
    await Promise.race([started.start(), late])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    void window.showErrorMessage(
      `The language server did not start (${reason}). Look at the setting sutler.server.command.`,
    )
  } finally {
    clearTimeout(deadline)
  }
}

function serverOptions(): ServerOptions {
  const [command = 'npx', ...args] = workspace.getConfiguration('sutler').get<string[]>('server.command') ?? []
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath
  // On Windows, npx is a script that only a shell starts.
  const options = { shell: process.platform === 'win32', ...(folder === undefined ? {} : { cwd: folder }) }
  return { command, args, options }
}

function clientOptions(): LanguageClientOptions {
  const tasks = workspace.getConfiguration('sutler').get<string[]>('tasks') ?? []
  return { documentSelector: [{ language: 'sutler-pattern' }], initializationOptions: { tasks } }
}
