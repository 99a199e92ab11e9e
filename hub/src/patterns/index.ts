import delivery from './delivery.json' with { type: 'json' }
import serviceLifecycle from './service-lifecycle.json' with { type: 'json' }

/** The pattern documents that ship with the hub; a pattern comes after those it calls. */
export const shippedPatterns: readonly unknown[] = [delivery, serviceLifecycle]
