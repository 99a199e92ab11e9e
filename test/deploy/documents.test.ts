import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { program } from '../../packages/cli/src/program.ts'

const root = new URL('../../', import.meta.url).pathname
const pages = execFileSync('git', ['-C', root, 'ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))

/** Without what is shown as code: there, brackets are no links. */
function prose(text: string): string {
  return text
    .replaceAll(/^(```|~~~)[\s\S]*?^\1\s*$/gm, '')
    .replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, ' '))
}

/** As GitHub and most others make them: lower case, spaces as hyphens, no punctuation; a second one of the same name has -1. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>()
  const headings = text.replaceAll(/^(```|~~~)[\s\S]*?^\1\s*$/gm, '').matchAll(/^#{1,6} +(.+?) *#*$/gm)
  const anchors = [...headings].map(([, heading]) => {
    const plain = heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    const base = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(base) ?? 0
    seen.set(base, times + 1)
    return times === 0 ? base : `${base}-${times}`
  })
  const given = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id!)
  return new Set([...anchors, ...given])
}

function brokenLinks(page: string): string[] {
  const links = [...prose(readFileSync(join(root, page), 'utf8')).matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)]
  return links.flatMap(([, target]) => {
    if (/^[a-z][a-z0-9+.-]*:/.test(target!)) return []
    const [path = '', anchor] = target!.split('#')
    const to = path === '' ? page : normalize(join(dirname(page), decodeURI(path)))
    const file = join(root, to)
    if (!existsSync(file)) return [`${page}: ${target} is not there`]
    if (anchor === undefined || statSync(file).isDirectory() || !to.endsWith('.md')) return []
    return anchorsOf(readFileSync(file, 'utf8')).has(anchor) ? [] : [`${page}: ${to} has no heading #${anchor}`]
  })
}

/** Commands that pages of the guide tell to run: what follows `sutler`, up to the first word that is an argument. */
function wrongCommands(page: string, commands: Command): string[] {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/\\\n\s*/g, ' ')
  const fences = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, code]) => code!)
  const spans = [...text.matchAll(/`(sutler [^`\n]+)`/g)].map(([, code]) => code!)
  const lines = [...fences.join('\n').split('\n'), ...spans]
  return lines.flatMap((line) => {
    const [, given] =
      /(?:^|[|;&] *|-- )(?:npm run --silent )?sutler (?:-- )?(.*)$/.exec(line.replace(/ +# .*$/, '')) ?? []
    if (given === undefined) return []
    const complaint = unknownWord(given.split(/ +/), commands)
    return complaint === null ? [] : [`${page}: sutler ${given}: ${complaint}`]
  })
}

function unknownWord(words: readonly string[], from: Command): string | null {
  let command = from
  let at = 0
  for (; at < words.length; at++) {
    const next = command.commands.find((each) => each.name() === words[at] || each.aliases().includes(words[at]!))
    if (next === undefined) break
    command = next
  }
  const next = words[at] ?? '-'
  // Several are meant, or what follows is up to the reader.
  if (/[|…<]/.test(next)) return null
  if (command.commands.length > 0 && !next.startsWith('-')) return `no ${next}`
  const options = words.slice(at).flatMap((word) => /^(--[a-z-]+)/.exec(word)?.[1] ?? [])
  const known = new Set(['--help', ...command.options.map((option) => option.long)])
  const wrong = options.find((option) => !known.has(option))
  return wrong === undefined ? null : `no option ${wrong}`
}

describe('the documents', () => {
  it('are there', () => {
    expect(pages.length).toBeGreaterThan(60)
  })

  it('link to files and headings that there are', () => {
    expect(pages.flatMap(brokenLinks)).toEqual([])
  })

  it('name commands and options that there are', async () => {
    const guide = pages.filter((page) => /^(README\.md|docs\/(?!reference|decisions))/.test(page))
    const all = await program()
    expect(guide.flatMap((page) => wrongCommands(page, all))).toEqual([])
  })

  it('can all be reached from the map', () => {
    const reached = new Set<string>()
    const visit = (page: string): void => {
      if (reached.has(page) || !page.endsWith('.md') || !existsSync(join(root, page))) return
      reached.add(page)
      for (const [, target] of prose(readFileSync(join(root, page), 'utf8')).matchAll(/\]\(([^)\s#]+)[^)]*\)/g))
        if (!/^[a-z]+:/.test(target!)) visit(relative(root, join(root, dirname(page), target!)))
    }
    visit('docs/index.md')
    expect(pages.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([])
  })
})
