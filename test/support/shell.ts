import { spawn } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const root = new URL('../../', import.meta.url).pathname
/** ASCII "record separator": no command prints it. */
const separator = '\u001e'

export interface Shell {
  /** Where the script and what it printed are kept. */
  readonly directory: string
  readonly env: Readonly<Record<string, string>>
  /** Milliseconds for everything. */
  readonly deadline: number
}

/**
 * Runs commands one after the other in one shell at the root of the repository, as somebody would who types them.
 * @returns what each printed, standard output and error together as a terminal shows them
 * @throws Error with everything that was printed when they do not end in time
 */
export async function typed(commands: readonly string[], { directory, env, deadline }: Shell): Promise<string[]> {
  const transcript = join(directory, 'transcript')
  const file = await open(transcript, 'w')
  const script = commands.map((command) => `printf '\\036'\n${command}`).join('\n')
  const shell = spawn('bash', ['-c', script], { cwd: root, env, stdio: ['ignore', file.fd, file.fd] })
  const timer = setTimeout(() => shell.kill('SIGKILL'), deadline)
  const signal = await new Promise((resolve) => shell.once('exit', (_code, by) => resolve(by)))
  clearTimeout(timer)
  await file.close()
  const printed = await readFile(transcript, 'utf8')
  if (signal !== null) throw new Error(`not done after ${deadline / 1_000} s:\n${printed}`)
  return printed.split(separator).slice(1)
}
