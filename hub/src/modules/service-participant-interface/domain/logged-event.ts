import { formatPosition, type Position } from './position.ts'

/** An event of the log. */
export interface LoggedEvent {
  readonly position: Position
  readonly at: Date
  readonly tenant: string
  readonly type: string
  readonly subject: string
  readonly household: string | null
  /** Principals whose it is beside the household's people. */
  readonly owners: readonly string[]
  readonly data: unknown
}

/** An event’s id in messages: the same wherever and however often it is sent. */
export function eventId({ position }: Pick<LoggedEvent, 'position'>): string {
  return `evt_${formatPosition(position)}`
}

/** An event as a CloudEvents 1.0 document in its JSON format. @param source the hub’s URL */
export function cloudEvent(event: LoggedEvent, source: string, id = eventId(event)): object {
  return {
    specversion: '1.0',
    id,
    source,
    type: event.type,
    subject: event.subject,
    time: event.at.toISOString(),
    datacontenttype: 'application/json',
    ...(event.household === null ? {} : { household: event.household }),
    data: event.data,
  }
}
