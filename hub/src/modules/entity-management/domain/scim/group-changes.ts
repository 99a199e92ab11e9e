import { scimError } from './errors.ts'
import { applySteps, stepsOf, type Operation, type Step } from './patch.ts'
import type { Filter } from './filter.ts'
import { readValue, type ScimObject } from './resource.ts'
import { groups } from './schemas.ts'

/** What operations on a group ask of its members, without the members at hand: a group may have very many. */
export interface MemberChange {
  /** All who are in it go first. */
  readonly clear: boolean
  readonly add: ReadonlySet<string>
  readonly remove: ReadonlySet<string>
}

export interface GroupChange {
  /** The group's own attributes afterwards. */
  readonly resource: ScimObject
  readonly members: MemberChange
}

/** @param resource without members @throws CallerError as operations on any resource */
export function groupChange(resource: ScimObject, operations: readonly Operation[]): GroupChange {
  const members = { clear: false, add: new Set<string>(), remove: new Set<string>() }
  let own = resource
  for (const step of operations.flatMap((operation) => stepsOf(groups, operation))) {
    if (step.path.attribute.name !== 'members') own = applySteps(own, [step])
    else changeMembers(members, step)
  }
  return { resource: own, members }
}

/** Ids of people in a `members` value. @throws CallerError `scim-invalid-value` */
export function memberIds(value: unknown, place: string): string[] {
  const attribute = groups.core.attributes.find(({ name }) => name === 'members')!
  const members = (readValue(attribute, value, place) ?? []) as readonly ScimObject[]
  return members.map((member) => {
    const { value: id, type } = member as { value?: string; type?: string }
    if (id === undefined) throw scimError('invalidValue', 'A member has a `value`: the id of a user.', place)
    if (type !== undefined && type.toLowerCase() !== 'user')
      throw scimError('invalidValue', 'Members are users; groups in groups are not kept.', place)
    return id
  })
}

interface Changing {
  clear: boolean
  readonly add: Set<string>
  readonly remove: Set<string>
}

function changeMembers(members: Changing, { op, path: { filter, sub }, value, place }: Step): void {
  if (sub !== null) throw scimError('mutability', 'A member is added or removed, not changed.', place)
  if (filter !== null) {
    if (op !== 'remove') throw scimError('mutability', 'A member is added or removed, not changed.', place)
    return leave(members, idsOf(filter, place))
  }
  if (op === 'remove' && value !== undefined) return leave(members, memberIds(value, place))
  if (op !== 'add') {
    members.clear = true
    members.add.clear()
    members.remove.clear()
  }
  if (op === 'remove') return
  for (const id of memberIds(value, place)) {
    members.add.add(id)
    members.remove.delete(id)
  }
}

function leave(members: Changing, ids: readonly string[]): void {
  for (const id of ids) {
    members.add.delete(id)
    members.remove.add(id)
  }
}

/** `value eq "…"`, one or several joined by `or`. */
function idsOf(filter: Filter, place: string): string[] {
  if (filter.kind === 'or') return filter.parts.flatMap((part) => idsOf(part, place))
  if (filter.kind === 'compare' && filter.op === 'eq' && filter.path.attribute.name === 'value')
    return typeof filter.value === 'string' ? [filter.value] : []
  throw scimError('invalidFilter', 'Members are chosen by `value eq "id"`, several by `or`.', place)
}
