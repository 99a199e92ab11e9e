import './no-eval.ts'

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML: (text: string) => string; createScriptURL: (url: string) => string },
  ): unknown
}

/**
 * The page's policy asks for this (W3C Trusted Types): text that is put in as markup is refused when it could hold a tag. What is let through
 * are the style sheets that Mantine writes that way, and workers of the console's own build.
 */
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
trustedTypes?.createPolicy('default', {
  createHTML(text) {
    if (text.includes('<')) throw new TypeError('The console puts no markup into its pages.')
    return text
  },
  createScriptURL(url) {
    const { origin, pathname } = new URL(url, location.href)
    if (origin !== location.origin || !pathname.startsWith('/console/assets/'))
      throw new TypeError('The console runs its own scripts only.')
    return url
  },
})
