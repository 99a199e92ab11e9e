/**
 * CEL's regular expressions (RE2) in PostgreSQL's notation, for the part of RE2 on which the two agree when every piece is
 * spelled out. What is beyond that is refused: better than another answer.
 */

export class PatternRefused extends Error {}

const most = { length: 256, repeat: 100, depth: 16 }

/** Of RE2's Perl classes, ASCII only (RE2 syntax); inside of brackets. */
const classes: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_', s: '\\t\\n\\f\\r ' }
const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' }

/** @throws PatternRefused with a sentence */
export function postgresPattern(pattern: string): string {
  if (pattern.length > most.length)
    throw new PatternRefused(`a pattern has at most ${most.length} characters, this one has ${pattern.length}`)
  const reader = new Reader([...pattern])
  const text = alternation(reader, 0)
  if (reader.peek !== undefined) throw new PatternRefused(`the pattern has a ) without its (`)
  return text
}

class Reader {
  readonly #characters: readonly string[]
  #at = 0

  constructor(characters: readonly string[]) {
    this.#characters = characters
  }

  get peek(): string | undefined {
    return this.#characters[this.#at]
  }

  next(): string {
    const character = this.#characters[this.#at++]
    if (character === undefined) throw new PatternRefused('the pattern ends too soon')
    return character
  }

  take(text: string): boolean {
    if (this.#characters.slice(this.#at, this.#at + text.length).join('') !== text) return false
    this.#at += text.length
    return true
  }
}

function alternation(reader: Reader, depth: number): string {
  if (depth > most.depth) throw new PatternRefused(`the pattern has parentheses in more than ${most.depth} others`)
  const branches = [branch(reader, depth)]
  while (reader.take('|')) branches.push(branch(reader, depth))
  return `(?:${branches.join('|')})`
}

function branch(reader: Reader, depth: number): string {
  let text = ''
  while (reader.peek !== undefined && reader.peek !== '|' && reader.peek !== ')') text += quantified(reader, depth)
  // PostgreSQL has no empty branch in the middle of others.
  return text === '' ? '(?:)' : text
}

function quantified(reader: Reader, depth: number): string {
  if (reader.take('^')) return noQuantifier(reader, '^')
  if (reader.take('$')) return noQuantifier(reader, '$')
  return atom(reader, depth) + quantifier(reader)
}

function noQuantifier(reader: Reader, anchor: string): string {
  if (/^[*+?{]$/.test(reader.peek ?? '')) throw new PatternRefused(`${anchor} cannot be repeated here`)
  return anchor
}

function quantifier(reader: Reader): string {
  let text = ''
  if (reader.take('*')) text = '*'
  else if (reader.take('+')) text = '+'
  else if (reader.take('?')) text = '?'
  else if (reader.take('{')) text = counted(reader)
  else return ''
  // Which of several matches is found first makes no difference to whether there is one.
  reader.take('?')
  if (/^[*+?{]$/.test(reader.peek ?? '')) throw new PatternRefused('a repetition cannot be repeated; use ( )')
  return text
}

function counted(reader: Reader): string {
  let text = ''
  while (reader.peek !== '}' && text.length < 12) text += reader.next()
  const [matched, least, , greatest] = /^(\d{1,3})(,(\d{0,3}))?$/.exec(text) ?? []
  if (!reader.take('}') || matched === undefined)
    throw new PatternRefused('{ begins a repetition such as {2} or {2,5}; write \\{ for the character')
  if (Number(least) > most.repeat || Number(greatest ?? 0) > most.repeat)
    throw new PatternRefused(`a pattern repeats at most ${most.repeat} times`)
  if (greatest !== undefined && greatest !== '' && Number(least) > Number(greatest))
    throw new PatternRefused(`{${text}} has its bounds in the wrong order`)
  return `{${text}}`
}

function atom(reader: Reader, depth: number): string {
  const character = reader.next()
  switch (character) {
    case '(':
      return group(reader, depth)
    case '[':
      return bracket(reader)
    case '.':
      return '[^\\n]'
    case '\\':
      return escaped(reader)
    case '*':
    case '+':
    case '?':
    case '{':
      throw new PatternRefused(`${character} repeats nothing`)
    default:
      return literal(character)
  }
}

function group(reader: Reader, depth: number): string {
  if (reader.peek === '?' && !reader.take('?:'))
    throw new PatternRefused('of the groups that begin with (? only (?: is offered')
  const inner = alternation(reader, depth + 1)
  if (!reader.take(')')) throw new PatternRefused('the pattern has a ( without its )')
  return inner
}

function escaped(reader: Reader): string {
  const character = reader.next()
  const lower = classes[character.toLowerCase()]
  if (lower !== undefined) return character === character.toLowerCase() ? `[${lower}]` : `[^${lower}]`
  return character in controls ? `\\${character}` : escapedLiteral(character)
}

function escapedLiteral(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) throw new PatternRefused(`\\${character} is not offered`)
  return literal(character)
}

/** Whatever it is, it stands for itself. */
function literal(character: string): string {
  return /^[A-Za-z0-9_]$/.test(character) || character.codePointAt(0)! > 127 ? character : `\\${character}`
}

function bracket(reader: Reader): string {
  let text = reader.take('^') ? '[^' : '['
  let first = true
  while (first || reader.peek !== ']') {
    first = false
    const from = bracketCharacter(reader)
    if (typeof from !== 'string') {
      text += from.class
      continue
    }
    text += inBracket(from)
    if (reader.peek !== '-') continue
    reader.next()
    text += /^\]$/.test(reader.peek ?? '') ? inBracket('-') : `-${inBracket(upTo(reader, from))}`
  }
  reader.next()
  return `${text}]`
}

function upTo(reader: Reader, from: string): string {
  const to = bracketCharacter(reader)
  if (typeof to !== 'string' || to.codePointAt(0)! < from.codePointAt(0)!)
    throw new PatternRefused('a range in [ ] goes from a character to a later one')
  return to
}

function bracketCharacter(reader: Reader): string | { readonly class: string } {
  const character = reader.next()
  if (character === '[' && /^[:.=]$/.test(reader.peek ?? '')) throw new PatternRefused('[: :] is not offered')
  if (character !== '\\') return character
  const after = reader.next()
  const perl = classes[after]
  if (perl !== undefined) return { class: perl }
  const control = controls[after]
  if (control !== undefined) return control
  if (/[A-Za-z0-9]/.test(after)) throw new PatternRefused(`\\${after} is not offered in [ ]`)
  return after
}

function inBracket(character: string): string {
  const name = Object.keys(controls).find((each) => controls[each] === character)
  return name === undefined ? literal(character) : `\\${name}`
}
