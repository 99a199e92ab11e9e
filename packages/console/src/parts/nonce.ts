/** The hub gives each page a nonce: only styles that have it are taken (its Content-Security-Policy). */
export const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
