type Child = Node | string | null

/** An element with attributes and children; text is text, whatever is in it. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | boolean | null>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(attribute, '')
    else if (typeof value === 'string') made.setAttribute(attribute, value)
  }
  made.append(...children.filter((child) => child !== null))
  return made
}

/** A section with its heading; `content` is what changes in it. */
export function section(title: string): { readonly whole: HTMLElement; readonly content: HTMLElement } {
  const content = element('div')
  const id = `title-${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
  return { whole: element('section', { 'aria-labelledby': id }, element('h2', { id }, title), content), content }
}
