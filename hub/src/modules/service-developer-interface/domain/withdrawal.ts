/** What a withdrawal of a version means. */

export interface Withdrawing {
  readonly service: string
  readonly version: string
  readonly state: string
  readonly installed: number
  readonly pending: number
  readonly subscriptions: number
  readonly previous: string | null
}

/** Sentences for whoever is about to withdraw a version. */
export function consequences(about: Withdrawing): string[] {
  const { service, version, state, installed, pending, subscriptions, previous } = about
  const name = `${service} ${version}`
  if (state === 'retired') return [`${name} is retired already; nothing changes.`]
  if (state === 'draft' || state === 'candidate') return [`${name} was never released: it becomes retired, for good.`]
  const has = counted(installed, 'device keeps', 'devices keep')
  return [
    state === 'deprecated'
      ? `${name} is deprecated already: only an order that names it still gets it.`
      : `${name} becomes deprecated: it is chosen for nobody any more; only an order that names it still gets it.`,
    installed === 0 ? 'No device has it.' : `${has} it until something else is ordered.`,
    ...(pending === 0 ? [] : [`${counted(pending, 'device is', 'devices are')} still to get it; their orders go on.`]),
    previous === null
      ? 'There is no older released version to go back to.'
      : subscriptions === 0
        ? 'No household has a subscription to it.'
        : `Rolled back, ${previous} is ordered for ${counted(subscriptions, 'household', 'households')}, by and by.`,
  ]
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`
}
