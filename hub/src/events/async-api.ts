import { z } from 'zod'
import { eventTypes, type EventType } from './index.ts'

/** The JSON Schema (draft 7) of an event's data. */
export function dataSchema({ data }: EventType): object {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(data, { io: 'input', target: 'draft-7' })
  return schema
}

/** How systems are told of events, as an AsyncAPI 3.0 document. */
export function asyncApi(version: string): object {
  const messages = Object.fromEntries(eventTypes.map((event) => [nameOf(event), messageOf(event)]))
  const all = Object.keys(messages)
  const inChannel = Object.fromEntries(all.map((name) => [name, { $ref: `#/components/messages/${name}` }]))
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Sutler: events',
      version,
      description:
        'What happens to orders, deliveries, devices and services, as CloudEvents 1.0. Whoever listens is told what their account may see, and no more. docs/guide/events.md shows each way.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      webhook: {
        address: null,
        title: 'Webhook',
        description:
          'A POST to the address of a webhook (POST /api/v1/webhooks), signed as Standard Webhooks describes; in order, at least once, tried for a day.',
        messages: inChannel,
      },
      mqtt: {
        address: 'sutler/v1/events/{noun}/{happening}/{household}/{subject}',
        title: 'MQTT',
        description:
          'Hub’s broker; user name `system:<id of the API key>`, password the key. QoS 1, nothing is kept: what was missed is read from the event stream, by the id of the last event.',
        parameters: {
          noun: { description: 'Of the type, before its dot.' },
          happening: { description: 'Of the type, behind its dot.' },
          household: { description: 'Its id, or `-` where the event is of none.' },
          subject: { description: 'What the event is about, percent-encoded.' },
        },
        messages: inChannel,
      },
    },
    operations: Object.fromEntries(
      ['webhook', 'mqtt'].map((channel) => [
        `tell-${channel}`,
        {
          action: 'send',
          channel: { $ref: `#/channels/${channel}` },
          messages: all.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` })),
        },
      ]),
    ),
    components: { messages },
  }
}

function messageOf(event: EventType): object {
  return {
    name: event.type,
    title: event.type,
    summary: event.when,
    payload: {
      type: 'object',
      required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'data'],
      properties: {
        specversion: { const: '1.0' },
        id: { type: 'string', description: 'The same whenever the event is sent again.' },
        source: { type: 'string', format: 'uri-reference', description: 'The hub’s URL.' },
        type: { const: event.type },
        subject: { type: 'string' },
        time: { type: 'string', format: 'date-time' },
        datacontenttype: { const: 'application/json' },
        household: { type: 'string', description: 'Absent where the event is of none.' },
        data: dataSchema(event),
      },
    },
  }
}

/** AsyncAPI's names have no dots. */
function nameOf({ type }: EventType): string {
  return type.replace('.', '-')
}
