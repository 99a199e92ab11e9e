import { compile, conjuncts, evaluate, ExpressionError, type JsonObject } from '@sutler/expressions'
import type { PolicyDocument } from '../../contract-policy-document.ts'
import { knownEventTypes } from './event-types.gen.ts'
import { constantOf } from './findings.ts'
import { triggerOf } from './trigger.ts'

/**
 * Policies that set off one another. An order's events are known by their nouns, so what a policy's order can set off is known
 * before it is switched on; an `if` that can never hold for such an event takes the way out of the circle.
 */

export interface PolicyNode {
  readonly id: string
  readonly document: PolicyDocument
}

/** One way in which a policy sets off another: by events of this type. */
export interface Link {
  readonly from: string
  readonly to: string
  readonly event: string
}

/** Nouns of the events that follow from an order. */
const ofOrders = /^(order|delivery|subscription)\./

/** A circle through `id` in which no policy has a limit that ends it; null when there is none. */
export function loopThrough(id: string, nodes: readonly PolicyNode[]): readonly Link[] | null {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const links = (from: string): Link[] => nodes.flatMap((node) => linksBetween(byId.get(from)!, node))
  const seen = new Set<string>()
  const search = (at: string, path: readonly Link[]): readonly Link[] | null => {
    for (const link of links(at)) {
      const way = [...path, link]
      if (link.to === id) {
        if (!way.some(({ from }) => isLimited(byId.get(from)!.document))) return way
        continue
      }
      if (seen.has(link.to) || isLimited(byId.get(link.to)!.document)) continue
      seen.add(link.to)
      const found = search(link.to, way)
      if (found !== null) return found
    }
    return null
  }
  return byId.has(id) ? search(id, []) : null
}

/** A policy that stops by itself ends every circle that it is in. */
function isLimited({ limits }: PolicyDocument): boolean {
  return limits.perHouseholdPerDay !== undefined || limits.total !== undefined
}

/** At most one: which event does not matter. */
function linksBetween(from: PolicyNode, to: PolicyNode): Link[] {
  const trigger = triggerOf(to.document)
  if (trigger.kind !== 'event') return []
  const event = trigger.types.find((type) => emits(from.document, type) && canHold(to.document, type, from))
  return event === undefined ? [] : [{ from: from.id, to: to.id, event }]
}

function emits({ then }: PolicyDocument, type: string): boolean {
  return knownEventTypes.has(type) && ofOrders.test(type) && then.some(({ order }) => order !== undefined)
}

/** Whether `if` could hold for an event of this type that comes from the other policy's orders. */
function canHold(document: PolicyDocument, type: string, from: PolicyNode): boolean {
  return from.document.then.some(({ order }) => {
    if (order === undefined) return false
    return order.items.some(({ service }) => {
      const event = eventFrom(type, constantOf(service), from.id)
      return conjuncts(document.if).every((part) => !isFalse(part, event))
    })
  })
}

/** What is known beforehand of an event that an order of this policy brings about. */
function eventFrom(type: string, service: string | null, policy: string): JsonObject {
  const about = type.startsWith('order.') || service === null ? {} : { service }
  return { type, data: { ...about, ...(type.startsWith('order.') ? { origin: { kind: 'policy', id: policy } } : {}) } }
}

/** False for sure; what reads anything that is not known beforehand may hold. */
function isFalse(condition: string, event: JsonObject): boolean {
  try {
    return evaluate(compile(condition), { event }) === false
  } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}

/** The circle in words. */
export function loopText(links: readonly Link[], nameOf: (id: string) => string): string {
  return links
    .map(({ from, to, event }) => `orders of ${nameOf(from)} bring about ${event}, which sets off ${nameOf(to)}`)
    .join('; ')
}
