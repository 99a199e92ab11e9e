/** Character data and attribute values as they are meant. */

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const reference = /&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([a-z]{2,4}));|&/g

/** XML 1.0, 2.11: every end of line is one line feed. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

/**
 * Replaces references to characters and to the five entities that XML itself has; there are no others.
 * @param refuse called with the offset within `text` of a reference that stands for nothing
 */
export function resolved(text: string, refuse: (at: number, detail: string) => never): string {
  if (!text.includes('&')) return text
  return text.replace(reference, (found, hex?: string, decimal?: string, name?: string, ...rest: unknown[]) => {
    const at = rest.find((each) => typeof each === 'number') ?? 0
    if (name !== undefined) {
      if (Object.hasOwn(predefined, name)) return predefined[name]!
      return refuse(at, `the entity ${name} is not known`)
    }
    const code = hex !== undefined ? Number.parseInt(hex, 16) : decimal === undefined ? -1 : Number(decimal)
    if (isCharacter(code)) return String.fromCodePoint(code)
    return refuse(at, `${found} stands for no character`)
  })
}

/** XML 1.0, 2.2 */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}
