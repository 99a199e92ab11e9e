import type { Command, CommanderError } from 'commander'
import { CommandError } from './command-error.ts'

/**
 * A command that was called wrongly, told as every other mistake: what is wrong (with the nearest name, where one was misspelt) and
 * whose help says how it is called.
 */
export function usageError(error: CommanderError, program: Command, words: readonly string[]): CommandError {
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ')
  return new CommandError('usage', message, `${commandOf(program, words)} --help says how it is called.`, error)
}

/** The innermost command that the words name. */
function commandOf(program: Command, words: readonly string[]): string {
  let command = program
  let name = program.name()
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word)
    if (next === undefined) break
    command = next
    name = `${name} ${word}`
  }
  return name
}
