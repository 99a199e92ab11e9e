import type { Argument, Command, Option } from 'commander'

/** docs/reference/cli.md: every command with its arguments and options, and every error of its own. */
export function commandReference(program: Command, errors: Readonly<Record<string, string>>): string {
  return [
    '# Command line',
    '',
    '`npm run --silent sutler -- <command>`. With `--json` the result is one JSON document (or one per line); errors too. Exit status: 0 done; 1 the hub',
    'refused, or the answer is no (a model has errors, an instance is not done in time); 2 a mistake on this side. Colours only on a terminal without `NO_COLOR`.',
    '',
    ...sections(program, ''),
    '## Errors',
    '',
    'What the hub refuses has the [code of the API](errors.md), `unreachable` when no hub answers. Mistakes on this side:',
    '',
    '| code | |',
    '| --- | --- |',
    ...Object.entries(errors).map(([code, meaning]) => `| \`${code}\` | ${cell(meaning)} |`),
    '',
  ].join('\n')
}

function sections(command: Command, path: string): string[] {
  return command.commands.flatMap((each) => {
    const name = `${path} ${each.name()}`.trim()
    if (each.commands.length > 0) return sections(each, name)
    const described = each.registeredArguments.filter(({ description }) => description !== '')
    const rows = [
      ...described.map((argument) => `| \`${usage(argument)}\` | ${cell(argument.description)} |`),
      ...each.options.map(
        (option) =>
          `| \`${option.flags}\` | ${cell(`${option.description}${choices(option)}${standard(option.defaultValueDescription ?? option.defaultValue)}`)} |`,
      ),
    ]
    const heading = described.length === 0 ? 'option' : 'argument, option'
    return [
      `## ${name}`,
      '',
      `\`sutler ${[name, ...each.registeredArguments.map(usage)].join(' ')}\` — ${each.description()}.`,
      '',
      ...(rows.length === 0 ? [] : [`| ${heading} | |`, '| --- | --- |', ...rows, '']),
    ]
  })
}

function usage(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

/** Words in angle brackets would be read as HTML. */
function cell(text: string): string {
  return text.replaceAll('<', '\\<').replaceAll('|', '\\|')
}

function choices({ argChoices }: Option): string {
  return argChoices === undefined ? '' : `: ${argChoices.join(', ')}`
}

function standard(value: unknown): string {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? '' : ` (default: ${String(value)})`
}
