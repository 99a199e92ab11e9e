import { ApiError } from '@sutler/client'
import { CommanderError } from 'commander'
import { BackupError } from './backups/hub-program.ts'
import { CommandError } from './command-error.ts'
import { ModelSourceError } from './models/model-source-error.ts'
import { program } from './program.ts'
import { SourceError } from './source-errors.ts'
import { printable } from './terminal.ts'
import { usageError } from './usage-error.ts'

const words = process.argv.slice(2)
const json = words.includes('--json')

// `sutler … | head`: whoever reads it has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await (await program(words)).parseAsync()
} catch (error) {
  process.exitCode = await report(error)
}
// An upload that was cut may hold its file open for ever. What was printed is out: pipes and files are written at once.
process.exit()

/** Says what happened and what to do. @returns exit status: 1 the hub refused, 2 a mistake on this side */
async function report(error: unknown): Promise<number> {
  if (error instanceof CommanderError) {
    // Asked for help, or called without a command, it has shown the help.
    if (error.exitCode === 0) return 0
    return error.code === 'commander.help' ? 2 : await report(usageError(error, await program(words), words))
  }
  if (
    !(
      error instanceof ApiError ||
      error instanceof CommandError ||
      error instanceof SourceError ||
      error instanceof BackupError
    )
  )
    throw error
  const { code, message, remedy } = error
  const places = error instanceof SourceError ? [] : error.places
  if (json) {
    const found = error instanceof ModelSourceError ? { findings: await findingsOf(error) } : { places }
    console.log(JSON.stringify({ error: { code, message, remedy, ...found } }))
  } else {
    if (error instanceof ModelSourceError) console.error(`${await textOf(error)}\n`)
    console.error(printable(`sutler: ${message} [${code}]`))
    for (const { pointer, detail } of places.filter((place) => !message.includes(place.detail)))
      console.error(printable(`  ${pointer}: ${detail}`))
    if (remedy !== '' && !(error instanceof SourceError)) console.error(printable(`  ${remedy}`))
  }
  return error instanceof CommandError
    ? error.status
    : error instanceof ApiError || error instanceof BackupError
      ? 1
      : 2
}

async function findingsOf({ found }: ModelSourceError): Promise<unknown[]> {
  const { writtenFindings } = await import('./models/finding-text.ts')
  return found.flatMap(writtenFindings)
}

async function textOf({ found }: ModelSourceError): Promise<string> {
  const { describedFinding } = await import('./models/finding-text.ts')
  return found
    .flatMap(({ source, diagnostics }) => diagnostics.map((each) => describedFinding(source, each, process.stderr)))
    .join('\n\n')
}
