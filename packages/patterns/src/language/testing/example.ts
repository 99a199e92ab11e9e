/** A pattern in which every kind of name is used in every kind of place. */
export const example = `// How a device gets it.
model delivery 1.0.0 "Deliver one version"

shared maxOffers = 5
data
  offers = 0
  detail = ""
states
  planned (initial), pending
  confirmed (final), failed (final)

signal start
signal decided(allowed: bool, until: string)
signal late
signal cancel(reason: string?) urgent

on start: planned -> planned as "ask policy"
  task policy.decide(device: call.device) done decided
on decided: planned -> pending when args.allowed && !("failed" in states)
  set offers = data.offers + 1
  emit late after 15m while pending
on late: pending -> planned as "again" when data.offers < shared.maxOffers
  emit start
  emit decided(allowed: true, until: data.detail)
  emit go(allowed: data.detail) to child:kid
  call model:delivery/{id}-{data.offers}(device: call.device) as next-{data.offers} done start
  call model:other@1/x as kid wait
on late: pending -> failed as "stop" when cel "data[\\"offers\\"] >= shared.maxOffers"
on cancel: any -> confirmed
  args reason = has(args.reason) ? args.reason : "x"
  set detail = args.reason
returns detail = data.detail
`

/** Offset of a piece of the text, plus `more`. The piece has to be there once. */
export function placeIn(text: string, piece: string, more = 0): number {
  const at = text.indexOf(piece)
  if (at === -1 || text.indexOf(piece, at + 1) !== -1) throw new Error(`${piece} is not there once`)
  return at + more
}

/** A text with `‸` where the cursor is. */
export function cursorIn(text: string): { readonly text: string; readonly offset: number } {
  const offset = placeIn(text, '‸')
  return { text: text.replace('‸', ''), offset }
}
