/**
 * A place in the event log: after the event with this transaction and id. Readers go by (transaction, id) and only look at
 * transactions older than every running one, so that nothing appears behind a place already passed.
 */
export interface Position {
  readonly xact: number
  readonly id: number
}

export function isAfter(one: Position, other: Position): boolean {
  return one.xact > other.xact || (one.xact === other.xact && one.id > other.id)
}

/** The event id of the stream: `<transaction>.<id>`. */
export function formatPosition(position: Position): string {
  return `${position.xact}.${position.id}`
}

/** Reads what `formatPosition` wrote, also as messages have it, behind `evt_`; null for anything else. */
export function parsePosition(text: string): Position | null {
  const found = /^(?:evt_)?(\d{1,15})\.(\d{1,15})$/.exec(text)
  return found === null ? null : { xact: Number(found[1]), id: Number(found[2]) }
}
