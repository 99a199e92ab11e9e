import type { Clock, Milliseconds } from '../../../platform/clock.ts'
import type { FleetPage, FleetPageWay, FleetWish } from './storage.ts'

/** What the planner thinks of a page, in its own unit of cost. */
export interface PageOpinion {
  readonly cost: number
  readonly way: FleetPageWay
}

/** A fleet does not become another within a minute. */
const lasts: Milliseconds = 60_000
const most = 1_000

/**
 * The planner's opinions of pages, asked for once a minute for each question: to ask it takes about as long as to read a page.
 * Where in the list a page begins is no part of the question, only whether it is the first.
 */
export function pageOpinions(
  clock: Clock,
  ask: (wish: FleetWish, page: FleetPage) => Promise<PageOpinion>,
): (wish: FleetWish, page: FleetPage) => Promise<PageOpinion> {
  const known = new Map<string, { readonly opinion: PageOpinion; readonly until: Milliseconds }>()
  return async (wish, page) => {
    const question = JSON.stringify([wish, page.order, page.limit, page.after === undefined])
    const found = known.get(question)
    if (found !== undefined && clock.monotonic() < found.until) return found.opinion
    const opinion = await ask(wish, page)
    // Put back last: the one that was asked longest ago goes first.
    known.delete(question)
    known.set(question, { opinion, until: clock.monotonic() + lasts })
    if (known.size > most) known.delete(known.keys().next().value!)
    return opinion
  }
}
