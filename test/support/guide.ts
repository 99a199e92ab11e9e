/** A command of a guide, and what the guide says that it prints; null where the guide says nothing of that. */
export interface GuideCommand {
  readonly command: string
  readonly output: string | null
}

/** What a guide has its reader type: `sh` blocks as they are, `console` blocks line by line, each `$ command` with its output. */
export function commandsOf(markdown: string): GuideCommand[] {
  return [...markdown.matchAll(/^```(sh|console)\n([^]*?)^```$/gm)].flatMap(([, kind, block = '']) =>
    kind === 'sh' ? [{ command: block.trimEnd(), output: null }] : block.split(/^\$ /m).slice(1).map(commandOf),
  )
}

function commandOf(text: string): GuideCommand {
  const end = text.indexOf('\n')
  return { command: text.slice(0, end), output: text.slice(end + 1) }
}
