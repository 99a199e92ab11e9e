import { spawn } from 'node:child_process'
import { access } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { CommandError } from '../command-error.ts'

/** Of the hub that this command line came with; it alone knows what a hub keeps and where. */
const program = fileURLToPath(new URL('../../../../hub/src/backup/main.ts', import.meta.url))

interface Failed {
  readonly code: string
  readonly title: string
  readonly remedy: string
  readonly detail: string
}

/** The hub's program refused, or failed: with the code of its error. */
export class BackupError extends Error {
  readonly code: string
  readonly remedy: string
  readonly places = []
  constructor({ code, title, detail, remedy }: Failed) {
    super(`${title}: ${detail}`)
    this.name = 'BackupError'
    this.code = code
    this.remedy = remedy
  }
}

/**
 * Runs the hub's program for backups with the settings of this environment, and of `envFile` where one is given.
 * @throws BackupError; CommandError `hub-absent`
 */
export async function runBackupProgram(request: object, envFile?: string): Promise<unknown> {
  await access(program).catch((error: unknown) => {
    throw new CommandError(
      'hub-absent',
      'backups are made by the hub’s own program, and it is not installed beside this command',
      'Run the command on the machine of the hub.',
      error,
    )
  })
  const options = envFile === undefined ? [] : [`--env-file=${envFile}`]
  const child = spawn(process.execPath, [...options, program, JSON.stringify(request)], {
    stdio: ['inherit', 'inherit', 'pipe'],
  })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  const lines = said.join('').trimEnd().split('\n')
  const last = answerOf(lines.at(-1) ?? '')
  if (last === null)
    throw new BackupError({
      code: 'internal',
      title: 'The program ended',
      detail: lines.slice(-12).join('\n'),
      remedy: '',
    })
  if ('failed' in last) throw new BackupError(last.failed)
  return last.done
}

function answerOf(line: string): { done: unknown } | { failed: Failed } | null {
  try {
    const answer: unknown = JSON.parse(line)
    return typeof answer === 'object' && answer !== null && ('done' in answer || 'failed' in answer)
      ? (answer as { done: unknown } | { failed: Failed })
      : null
  } catch {
    // A line of the log: only answers are JSON of this form.
    return null
  }
}
