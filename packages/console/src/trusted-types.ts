interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (text: string) => string }): unknown
}

/**
 * The page's policy asks for this (W3C Trusted Types): text that is put in as markup is refused when it could hold a tag. What is let through
 * are the style sheets that Mantine writes that way.
 */
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
trustedTypes?.createPolicy('default', {
  createHTML(text) {
    if (text.includes('<')) throw new TypeError('The console puts no markup into its pages.')
    return text
  },
})
