/**
 * What people type as a value of an LDAP filter (RFC 4515, 3): characters that mean something there are
 * hexadecimal. Nothing that is typed can end the value or stand for anything.
 */
export function escapedForLdap(text: string): string {
  return text.replaceAll(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** The filter for what was typed; every `{q}` is it. */
export function ldapFilter(template: string, text: string): string {
  return template.replaceAll('{q}', () => escapedForLdap(text))
}

/** The address for what was typed; in a path or a query it is one value. */
export function filledUrl(template: string, place: 'q' | 'id', text: string): string {
  return template.replaceAll(`{${place}}`, () => encodeURIComponent(text))
}

/** What a JSON pointer (RFC 6901) leads to; undefined where it leads nowhere. */
export function pointedAt(value: unknown, pointer: string): unknown {
  if (pointer === '') return value
  const parts = pointer.slice(1).split('/')
  return parts.reduce<unknown>((at, part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    return (at as Record<string, unknown>)[name]
  }, value)
}
