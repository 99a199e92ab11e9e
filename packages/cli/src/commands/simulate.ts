import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { jsonObjectOf } from '../json-option.ts'
import { readModelSource } from '../models/model-source.ts'
import { readText } from '../read-text.ts'
import { createTerminal } from '../terminal.ts'

interface SimulateOptions {
  readonly script: string
  readonly call?: string
  readonly id?: string
  readonly json?: boolean
}

/** `model simulate`: engine.md section 10. Needs no hub. */
export function addSimulate(model: Command): void {
  model
    .command('simulate')
    .description('run one instance through a script, in virtual time and without a hub')
    .argument('<model>', 'file with pattern text or a JSON document; - = standard input')
    .requiredOption('--script <file>', 'JSON lines: signals, advances of the clock, ends of tasks and subinstances')
    .option('--call <json>', 'arguments of the call, a JSON object')
    .option('--id <id>', 'id of the instance (default: simulation)')
    .option('--json', 'print one JSON object per step')
    .action(async (file: string, { script, call, id, json }: SimulateOptions) => {
      if (file === '-' && script === '-')
        throw new CommandError('option-invalid', 'model and script cannot both be -', 'Name a file for one of them.')
      const scenario = {
        model: await readModelSource(file),
        script: { file: script === '-' ? '<stdin>' : script, text: await readText(script) },
        ...(call === undefined ? {} : { call: jsonObjectOf('--call', call) }),
        ...(id === undefined ? {} : { id }),
      }
      const { runSimulation } = await import('../models/run-simulation.ts')
      runSimulation(scenario, createTerminal(json === true))
    })
}
