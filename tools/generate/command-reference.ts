import type { Command } from 'commander'

/** docs/reference/cli.md: every command with its arguments and options. */
export function commandReference(program: Command): string {
  return [
    '# Command line',
    '',
    '`npm run sutler -- <command>`. With `--json` the result is one JSON document (or one per line); errors too. Exit status: 0 done, 1 the hub',
    'refused, 2 a mistake on this side.',
    '',
    ...sections(program, ''),
  ].join('\n')
}

function sections(command: Command, path: string): string[] {
  return command.commands.flatMap((each) => {
    const name = `${path} ${each.name()}`.trim()
    if (each.commands.length > 0) return sections(each, name)
    const usage = each.registeredArguments.map((argument) =>
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
    )
    const options = each.options.map(
      (option) => `| \`${option.flags}\` | ${option.description}${standard(option.defaultValue)} |`,
    )
    return [
      `## ${name}`,
      '',
      `\`sutler ${[name, ...usage].join(' ')}\` — ${each.description()}.`,
      '',
      ...(options.length === 0 ? [] : ['| option | |', '| --- | --- |', ...options, '']),
    ]
  })
}

function standard(value: unknown): string {
  return value === undefined ? '' : ` (default: ${String(value)})`
}
