#!/usr/bin/env node
import { ApiError } from '@sutler/client'
import { CommandError } from './command-error.ts'
import { program } from './program.ts'
import { SourceError } from './source-errors.ts'
import { printable } from './terminal.ts'

try {
  await program().parseAsync()
} catch (error) {
  process.exitCode = report(error)
}
// An upload that was cut may hold its file open for ever. What was printed is out: pipes and files are written at once.
process.exit()

/** Says what happened and what to do. @returns exit status: 1 the hub refused, 2 a mistake on this side */
function report(error: unknown): number {
  const json = process.argv.includes('--json')
  if (!(error instanceof ApiError || error instanceof CommandError || error instanceof SourceError)) throw error
  const { code, message, remedy } = error
  const places = error instanceof ApiError ? error.places : []
  if (json) console.log(JSON.stringify({ error: { code, message, remedy, places } }))
  else {
    console.error(printable(`sutler: ${message} [${code}]`))
    for (const { pointer, detail } of places) console.error(printable(`  ${pointer}: ${detail}`))
    if (remedy !== '' && !(error instanceof SourceError)) console.error(printable(`  ${remedy}`))
  }
  return error instanceof ApiError ? 1 : 2
}
