/** What a person types into the filter: a condition in CEL, or the beginning of a name, a serial number or an id. */

const condition = /[=<>!&|()[\]"']|\bin\b/

/** The condition that the hub is asked with; undefined = all devices. */
export function filterOf(typed: string | undefined): string | undefined {
  const text = typed?.trim() ?? ''
  if (text === '') return undefined
  if (condition.test(text)) return text
  const quoted = JSON.stringify(text)
  return `device.name.startsWith(${quoted}) || device.serial.startsWith(${quoted}) || device.id.startsWith(${quoted})`
}

/** The field that is being typed at the end of `text`, and what stands before it. */
export function unfinished(text: string): readonly [before: string, word: string] {
  const word = /[A-Za-z_][\w.]*$/.exec(text)?.[0] ?? ''
  return [text.slice(0, text.length - word.length), word]
}
