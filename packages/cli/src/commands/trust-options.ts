import type { Command } from 'commander'
import type { Terminal } from '../terminal.ts'
import type { Outcome } from '../trust/parts.ts'

export interface SigningOptions {
  readonly passphraseFile?: string
  readonly out?: string
  readonly json?: boolean
}

/** An option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

/** What every command that signs takes. */
export function signing(command: Command): Command {
  return command
    .option('--passphrase-file <file>', 'read the keys’ passphrase from a file (- = standard input)')
    .option('--out <file>', 'write what was signed for the next holder instead of sending it to the hub')
    .option('--json', 'print JSON')
}

/** Says what became of it. */
export function tellOutcome(terminal: Terminal, outcome: Outcome, done: string): void {
  terminal.result(outcome, () => {
    if (outcome.submitted) return done
    const lines = outcome.parts.map(({ role, file, missing }) =>
      missing === 0
        ? `${file}: ${role} is signed by all who must; send it with sutler trust submit ${file}`
        : `${file}: ${role} lacks ${missing} more; next: sutler trust sign ${file} --key KEY`,
    )
    return lines.join('\n')
  })
}
