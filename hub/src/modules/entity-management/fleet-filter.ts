import { z } from 'zod'

/** A live filter; what it may say is checked when it is compiled. */
export const fleetFilter = z
  .string()
  .min(1)
  .max(4096)
  .describe('A condition in CEL over `device`, `report` and `household` (docs/guide/fleet.md).')
