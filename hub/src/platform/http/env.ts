import type { Principal } from '../access.ts'

/** What every handler finds in its context. */
export interface ApiEnv {
  Variables: {
    /** Who asks. Absent in endpoints with `security: 'none'`: do not read it there. */
    principal: Principal
    requestId: string
  }
}
