const special = /[&<>"\r]/
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** Characters that XML 1.0 cannot carry, not even escaped; lone halves of surrogate pairs among them. */
const impossible =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Character data and attribute values; what XML cannot carry becomes U+FFFD. */
export function escaped(text: string): string {
  const possible = text.replace(impossible, '\ufffd')
  return special.test(possible) ? possible.replace(/[&<>"\r]/g, (found) => entities[found]!) : possible
}

/** `<name attributes>content</name>`; the content is XML already. */
export function element(name: string, content: string, attributes = ''): string {
  return `<${name}${attributes}>${content}</${name}>`
}

/** An element with a text. */
export function field(name: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return element(name, value ? '1' : '0')
  return element(name, typeof value === 'number' ? String(value) : escaped(value))
}
