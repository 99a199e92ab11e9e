/** Makes an element; texts are only ever text, so nothing in the data can become markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

/** A country's flag; `shape` is 1x1 or 4x3. */
export function flag(country, shape) {
  return element('img', {
    src: `vendor/flags/${shape}/${country}.svg`,
    alt: country.toUpperCase(),
    class: `flag-${shape}`,
  })
}
