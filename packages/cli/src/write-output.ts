import { writeFile } from 'node:fs/promises'
import { CommandError } from './command-error.ts'
import { printableLines } from './terminal.ts'

/**
 * Writes a document to a file, or to standard output when none is named: as it is, but for what would steer a terminal.
 * @throws CommandError `file-unwritable`
 */
export async function writeOutput(path: string | undefined, text: string): Promise<void> {
  const whole = text.endsWith('\n') ? text : `${text}\n`
  if (path === undefined || path === '-')
    return void process.stdout.write(process.stdout.isTTY ? printableLines(whole) : whole)
  try {
    await writeFile(path, whole)
  } catch (error) {
    const { message } = error as Error
    throw new CommandError('file-unwritable', `${path} cannot be written: ${message}`, 'Name another file.', error)
  }
}
