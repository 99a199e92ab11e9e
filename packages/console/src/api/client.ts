import { createClient } from '@sutler/client'

/** The hub that served the page; the browser adds the session's cookie, and the origin that guards against foreign pages. */
export const connection = { hub: location.origin }

/** Every endpoint of the hub, typed; a refusal is thrown as `ApiError`. */
export const api = createClient(connection)
