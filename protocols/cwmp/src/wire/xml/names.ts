/** Names of XML 1.0 (fifth edition, 2.3) as Namespaces in XML 1.0 restricts them: no colon within a part. */

const start =
  'A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d' +
  '\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}'
const anyPart = new RegExp(`[${start}][${start}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040]*`, 'uy')

/** 1: may begin a name, 2: may go on with one. */
const ascii = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code)
  ascii[code] = /[A-Za-z_]/.test(char) ? 3 : /[-.0-9]/.test(char) ? 2 : 0
}

/** Where the part of a name that begins at `at` ends; `at` when none begins there. */
export function partEnd(text: string, at: number): number {
  let here = at
  let code = text.charCodeAt(here)
  if (code < 128 && (ascii[code]! & 1) === 0) return at
  while (code < 128 && ascii[code] !== 0) code = text.charCodeAt(++here)
  if (!(code >= 128)) return here
  anyPart.lastIndex = at
  return anyPart.test(text) ? anyPart.lastIndex : at
}

/** Where the white space that begins at `at` ends. */
export function spaceEnd(text: string, at: number): number {
  let here = at
  for (;;) {
    const code = text.charCodeAt(here)
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return here
    here++
  }
}
