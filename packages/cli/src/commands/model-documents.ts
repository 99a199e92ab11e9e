import { Option, type Command } from 'commander'
import { readModelSource } from '../models/model-source.ts'
import { readText } from '../read-text.ts'
import { createTerminal, printable } from '../terminal.ts'
import { writeOutput } from '../write-output.ts'

interface OutputOptions {
  readonly output?: string
  readonly json?: boolean
}

/** `model diagram|export|import`. */
export function addModelDocuments(model: Command): void {
  writing(model.command('diagram').description('draw a model as SVG'))
    .option('--states <names>', 'states to highlight, comma-separated')
    .action(async (file: string, { states, ...options }: OutputOptions & { states?: string }) => {
      const source = await readModelSource(file)
      const { diagram } = await import('../models/documents.ts')
      await write(file, { text: diagram(source, states?.split(',') ?? []), losses: [] }, options)
    })
  const export_ = model.command('export')
  writing(export_.description('write a model in another form; what that form cannot say is named on standard error'))
    .addOption(
      new Option('--to <form>', 'what to write').choices(['pnml', 'scxml', 'json', 'pattern']).makeOptionMandatory(),
    )
    .action(async (file: string, { to, ...options }: OutputOptions & { to: 'pnml' | 'scxml' | 'json' | 'pattern' }) => {
      const source = await readModelSource(file)
      const { exported } = await import('../models/documents.ts')
      await write(file, exported(source, to), options)
    })
  writing(
    model
      .command('import')
      .description('turn SCXML into pattern text; what cannot be carried over is named on standard error'),
    'SCXML document; - = standard input',
  ).action(async (file: string, options: OutputOptions) => {
    const text = await readText(file)
    const { imported } = await import('../models/documents.ts')
    await write(file, imported(file, text), options)
  })
}

function writing(command: Command, what = 'pattern text or JSON document; - = standard input'): Command {
  return command
    .argument('<file>', what)
    .option('-o, --output <file>', 'where to write it (default: standard output)')
    .option('--json', 'print JSON: the text, unless it is written to a file, and what was lost')
}

interface Loss {
  readonly code: string
  readonly place: string
  readonly message: string
}

async function write(
  file: string,
  { text, losses }: { readonly text: string; readonly losses: readonly Loss[] },
  { output, json = false }: OutputOptions,
): Promise<void> {
  const terminal = createTerminal(json)
  for (const { code, place, message } of losses)
    terminal.remark(printable(`${file}: lost: ${place}: ${message} [${code}]`))
  const toFile = output !== undefined && output !== '-'
  if (toFile || !json) await writeOutput(output, text)
  if (json) terminal.result({ ...(toFile ? { file: output } : { text }), losses }, () => '')
  else if (toFile) terminal.remark(printable(`${output} is written`))
}
