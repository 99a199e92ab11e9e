const form = /^sutler\/1\/([a-z0-9-]{8,64})\/up$/

/** The two MQTT topics of a device: it publishes to `up` and subscribes to `down`, both with QoS 1. */
export function topics(device: string): { up: string; down: string } {
  return { up: `sutler/1/${device}/up`, down: `sutler/1/${device}/down` }
}

/** The device whose `up` topic this is, or null when it is any other topic. */
export function deviceOfTopic(topic: string): string | null {
  return form.exec(topic)?.[1] ?? null
}
