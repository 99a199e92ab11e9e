/** The words of the language, in the order in which messages list them. */
export const topWords = ['model', 'shared', 'data', 'states', 'initial', 'final', 'signal', 'on', 'returns'] as const
export type TopWord = (typeof topWords)[number]

/** Section 2.9's order of evaluation. */
export const bodyWords = ['args', 'set', 'share', 'cancel', 'task', 'emit', 'call'] as const
export type BodyWord = (typeof bodyWords)[number]

/** Declared types of arguments, section 7. */
export const types = ['string', 'int', 'float', 'bool', 'bytes', 'timestamp', 'duration', 'list', 'map', 'any'] as const

export function isBodyWord(word: string): word is BodyWord {
  return (bodyWords as readonly string[]).includes(word)
}

/** The word that begins a section; `signals` is another way to write `signal`. Null when it is none. */
export function topWordOf(word: string): TopWord | null {
  if (word === 'signals') return 'signal'
  return (topWords as readonly string[]).includes(word) ? (word as TopWord) : null
}

const shape = /^[A-Za-z][A-Za-z0-9_-]*$/

/** Section 11: whether the text may be a name in a document; tasks' names may hold dots and be 128 long. */
export function isName(text: string, dotted: boolean): boolean {
  if (!dotted) return text.length <= 64 && shape.test(text)
  return text.length <= 128 && text.split('.').every((part) => shape.test(part))
}

/** Whether the line that stands at `at` begins a statement of a transition's body, whatever stands before it. */
export function beginsBody(line: string): boolean {
  const match = /^([a-z]+)[ \t]+(?:["{]|([A-Za-z][\w:.-]*))/.exec(line)
  if (match === null || !isBodyWord(match[1]!) || match[2] === 'in') return false
  if (match[1] !== 'args' && match[1] !== 'set' && match[1] !== 'share') return true
  return /^[a-z]+[ \t]+(?:none[ \t]*(?:$|\/\/)|(?:"[^"]*"|[\w-]+)[ \t]*=(?!=))/.test(line)
}
