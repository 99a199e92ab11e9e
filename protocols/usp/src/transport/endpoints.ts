/**
 * An endpoint identifier, `authority-scheme:[authority-id]:instance-id` (TR-369, Endpoint Identifier): instance ids have letters,
 * digits, `-`, `.`, `_` and percent-encoded bytes, so that none ever holds a wildcard or a level of a topic.
 */
export const endpointId = /^(?=.{4,256}$)[a-z]{2,12}:[0-9A-Za-z.-]{0,64}:(?:[A-Za-z0-9._:-]|%[0-9A-Fa-f]{2})+$/

/** Where agents publish to, each its own: a broker's access rules can bind it to the user name. */
export function controllerTopic(endpoint: string): string {
  return `usp/${endpoint}/controller`
}

/** Where an agent listens. */
export function agentTopic(endpoint: string): string {
  return `usp/${endpoint}/agent`
}

/** A topic of MQTT 3.1.1, with where to reply to in it (R-MQTT.24). */
export function withReplyTo(topic: string, replyTo: string): string {
  return `${topic}/reply-to=${replyTo.replaceAll('/', '%2F')}`
}

const contentTypes = new Set(['usp.msg', 'application/vnd.bbf.usp.msg'])

/** [R-MQTT.27a] MQTT 3.1.1 has no types: then it is a record. */
export function isRecord(contentType: string | undefined): boolean {
  return contentType === undefined || contentTypes.has(contentType)
}
