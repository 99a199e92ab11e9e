/** What only Node can do for the client: to trust a hub by its own authority. */
export { hubAuthority } from './hub-authority.ts'
export { trustingFetch } from './trusting-fetch.ts'
