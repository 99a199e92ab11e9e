import { AgentError } from '../../core/errors.ts'
import type { Processes, Screen } from '../../core/platform.ts'

/** Milliseconds in which the program must have shown it. */
const patience = 30_000

/** A program shows what it gets on its standard input: as an argument, a text could be taken for an option. */
export function programScreen(processes: Processes, command: readonly string[]): Screen {
  return {
    async show(text) {
      const { status, timedOut, output } = await processes.run(
        command,
        '',
        patience,
        new AbortController().signal,
        text,
      )
      const how = timedOut ? `takes longer than ${patience / 1000} s` : `ends with ${status}: ${output}`
      if (status !== 0) throw new AgentError('bad-argument', `--message-command ${command[0]} ${how}`)
    },
  }
}
