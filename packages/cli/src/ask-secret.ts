import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CommandError } from './command-error.ts'

interface NoTerminal {
  readonly code: ConstructorParameters<typeof CommandError>[0]
  readonly message: string
  readonly remedy: string
}

/** Asks without showing what is typed. @throws CommandError `no-terminal`, or what `otherwise` says */
export async function askSecret(
  question: string,
  otherwise: NoTerminal = {
    code: 'no-terminal',
    message: 'there is no terminal to ask for a secret',
    remedy: 'Use the option that names a file with it (- = standard input).',
  },
): Promise<string> {
  if (!process.stdin.isTTY) throw new CommandError(otherwise.code, otherwise.message, otherwise.remedy)
  process.stderr.write(`${question}: `)
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: muted, terminal: true })
  try {
    return await reader.question('')
  } finally {
    reader.close()
    process.stderr.write('\n')
  }
}
