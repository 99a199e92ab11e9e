import type { Command } from 'commander'
import { runBackupProgram } from '../backups/hub-program.ts'
import { CommandError } from '../command-error.ts'
import { createTerminal } from '../terminal.ts'

interface Opening {
  readonly key?: string
  readonly passphraseFile?: string
  readonly envFile?: string
  readonly json?: boolean
}

interface Found {
  readonly madeAt: string
  readonly tables: number
  readonly rows: number
  readonly blobs: { readonly count: number; readonly bytes: number }
  readonly lacking: readonly string[]
}

/** `backup key|create|verify` and `restore`: on the machine of the hub, with its settings in the environment. */
export function addBackup(program: Command): void {
  const backup = program
    .command('backup')
    .description('back up the hub of this machine, with its settings in the environment (docs/operations/backup.md)')
  key(backup)
  create(backup)
  verify(backup)
  restore(program)
}

function key(backup: Command): void {
  backup
    .command('key')
    .description(
      'make a key for backups: its recipient (age1…) stays at the hub, the file is kept elsewhere and opens them',
    )
    .requiredOption('--out <file>', 'where the key goes')
    .option('--json', 'print JSON')
    .action(async ({ out, json }: { out: string; json?: boolean }) => {
      const made = (await runBackupProgram({ command: 'key', file: out })) as { file: string; recipient: string }
      createTerminal(json === true).result(made, () => `${made.file} opens what is encrypted for\n${made.recipient}`)
    })
}

function create(backup: Command): void {
  backup
    .command('create')
    .description(
      'back up database, files and keys of the hub, while it runs or not; exit status 1 when files were missing',
    )
    .argument('<to>', 'a new file; a directory, where each backup gets a name of its own; - = standard output')
    .option('--recipient <age1…>', 'encrypt it for this recipient; may be repeated', collect, [])
    .option('--passphrase-file <file>', 'encrypt it with the passphrase in this file (- = standard input)')
    .option('--keep <count>', 'of a directory’s backups keep so many, the newest')
    .option('--env-file <file>', 'settings of the hub, one NAME=value a line; the environment wins')
    .option('--json', 'print JSON')
    .action(async (to: string, options: Opening & { recipient: string[]; keep?: string }) => {
      const lock = { recipients: options.recipient, passphraseFile: options.passphraseFile ?? null }
      const request = { command: 'create', to, lock, keep: keepOf(options.keep) }
      const made = (await runBackupProgram(request, options.envFile)) as Found & {
        file: string | null
        removed: string[]
      }
      if (made.lacking.length > 0) process.exitCode = 1
      if (made.file === null) return void console.error(summary('backed up', made))
      const removed = made.removed.length === 0 ? '' : `\nremoved ${made.removed.join(', ')}`
      createTerminal(options.json === true).result(made, () => `${made.file}\n${summary('backed up', made)}${removed}`)
    })
}

function verify(backup: Command): void {
  opening(backup.command('verify'))
    .description('read a backup to its end and tell whether it is whole; nothing is changed')
    .argument('<from>', 'the backup; - = standard input')
    .action(async (from: string, options: Opening) => {
      const found = (await runBackupProgram({ command: 'verify', from, opener: openerOf(options) })) as Found
      createTerminal(options.json === true).result(found, () => summary('whole', found))
    })
}

function restore(program: Command): void {
  opening(program.command('restore'))
    .description('restore a backup into an empty data directory and an empty database; the hub must not run')
    .argument('<from>', 'the backup; - = standard input')
    .option('--env-file <file>', 'settings of the hub, one NAME=value a line; the environment wins')
    .action(async (from: string, options: Opening) => {
      const request = { command: 'restore', from, opener: openerOf(options) }
      const found = (await runBackupProgram(request, options.envFile)) as Found & { applied: string[] }
      const newer = found.applied.length === 0 ? '' : `\nbrought up to date by ${found.applied.length} migrations`
      createTerminal(options.json === true).result(
        found,
        () => `${summary('restored', found)}${newer}\nStart the hub. The one that was backed up must not run any more.`,
      )
    })
}

function opening(command: Command): Command {
  return command
    .option('--key <file>', 'the key that `sutler backup key` made')
    .option('--passphrase-file <file>', 'a file with the passphrase (- = standard input)')
    .option('--json', 'print JSON')
}

function openerOf({ key: keyFile, passphraseFile }: Opening) {
  return { keyFile: keyFile ?? null, passphraseFile: passphraseFile ?? null }
}

function keepOf(given: string | undefined): number | null {
  if (given === undefined) return null
  if (/^[1-9]\d{0,5}$/.test(given)) return Number(given)
  throw new CommandError('option-invalid', `--keep ${given} is no number of backups`, 'Give a whole number from 1.')
}

function collect(value: string, before: string[]): string[] {
  return [...before, value]
}

function summary(what: string, { madeAt, tables, rows, blobs, lacking }: Found): string {
  const files = `${blobs.count} files (${(blobs.bytes / 1e6).toFixed(1)} MB)`
  const told = `${what}: the hub as of ${madeAt}, ${rows} rows in ${tables} tables, ${files}, keys`
  if (lacking.length === 0) return told
  return `${told}\nNOT in it, since they were not on the disk: ${lacking.length} files, such as ${lacking[0]}`
}
