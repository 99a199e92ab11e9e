import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { readModelSources } from '../models/model-source.ts'
import { counted, createTerminal, printable } from '../terminal.ts'

/** `model check|format`. */
export function addModelChecks(model: Command): void {
  model
    .command('check')
    .description(
      'check models: what is wrong, and where; exit status 1 when there are errors, 2 for a file that cannot be read',
    )
    .argument('<file...>', 'pattern texts or JSON documents, those that call one another together; - = standard input')
    .option('--hub', 'let the hub check: it knows its tasks and the published models')
    .option('--json', 'print JSON')
    .action(async (files: string[], { hub = false, json = false }: { hub?: boolean; json?: boolean }) => {
      const sources = await readModelSources(files)
      const { checkModels } = await import('../models/check-models.ts')
      if (!(await checkModels(sources, { hub, json }))) process.exitCode = 1
    })
  model
    .command('format')
    .description('print pattern text in its usual form, comments kept')
    .argument('<file...>', 'pattern texts; - = standard input')
    .option('--write', 'rewrite the files instead')
    .option('--check', 'only say which files are not in that form (exit status 1)')
    .option('--json', 'print JSON: which files were not in that form (with --write or --check)')
    .action(format)
}

async function format(
  files: string[],
  { write = false, check = false, json = false }: { write?: boolean; check?: boolean; json?: boolean },
): Promise<void> {
  if (json && !write && !check)
    throw new CommandError('option-invalid', '--json goes with --write or --check', 'Without them the text is printed.')
  const how = check ? 'check' : write ? 'write' : 'print'
  const sources = await readModelSources(files)
  const { formatModels } = await import('../models/format-models.ts')
  const changed = await formatModels(sources, how)
  if (check && changed.length > 0) process.exitCode = 1
  if (how === 'print') return
  const state = check ? 'is not formatted' : 'is formatted now'
  createTerminal(json).result({ changed }, () =>
    changed.length === 0
      ? `${counted(files.length, 'file')}: formatted already`
      : changed.map((file) => printable(`${file} ${state}`)).join('\n'),
  )
}
