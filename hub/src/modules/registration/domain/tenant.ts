/** The installation's own tenant. */
export const home = 'main'
