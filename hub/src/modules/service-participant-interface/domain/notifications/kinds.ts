/** What people can be told of, in their words: each stands for types of events. */
export const kinds: Readonly<Record<string, { readonly title: string; readonly types: readonly string[] }>> = {
  orders: {
    title: 'My orders: what became of them, and when they are late',
    types: ['order.completed', 'order.failed', 'order.partial', 'order.cancelled', 'order.rejected', 'order.jeopardy'],
  },
  devices: {
    title: 'A device failed, or is not as it should be',
    types: ['delivery.failed', 'device.fault', 'device.drifted', 'device.quarantined', 'subscription.degraded'],
  },
  approvals: {
    title: 'Somebody is asked to decide',
    types: ['approval.requested', 'enrolment.waiting', 'consent.asked', 'campaign.waiting'],
  },
  campaigns: {
    title: 'A campaign stopped or is over',
    types: ['campaign.paused', 'campaign.aborted', 'campaign.failed', 'campaign.completed', 'campaign.rolledBack'],
  },
  services: {
    title: 'Versions of services: published, released, withdrawn',
    types: ['version.published', 'version.released', 'version.deprecated', 'version.retired'],
  },
  security: {
    title: 'Keys and signed metadata that end soon, devices with a double',
    types: ['api-key.expiring', 'trust.expiring', 'device.quarantined'],
  },
}

/** The types that a notification is about. */
export function typesOf({
  kinds: wanted,
  types,
}: {
  readonly kinds: readonly string[]
  readonly types: readonly string[]
}): string[] {
  return [...new Set([...wanted.flatMap((kind) => kinds[kind]?.types ?? []), ...types])]
}
