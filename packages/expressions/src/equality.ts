import {
  type CelMap,
  type CelList,
  type CelValue,
  celType,
  isCelList,
  isCelMap,
  isCelType,
  isCelUint,
} from '@bufbuild/cel'
import { meter } from './budget.ts'
import { spanOf } from './values.ts'

/**
 * CEL equality (language definition, "Equality"), spending the budget: a value that refers to its parts several times can
 * be exponentially larger to walk than to hold.
 */
export function equal(left: CelValue, right: CelValue): boolean {
  meter.spend(1)
  if (left === right) return true
  const a = isCelUint(left) ? left.value : left
  const b = isCelUint(right) ? right.value : right
  if (isNumber(a) && isNumber(b)) return a == b // oxlint-disable-line eqeqeq -- int and double compare by value
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (a instanceof Uint8Array) return b instanceof Uint8Array && equalBytes(a, b)
  if (isCelList(a)) return isCelList(b) && equalLists(a, b)
  if (isCelMap(a)) return isCelMap(b) && equalMaps(a, b)
  if (isCelType(a)) return isCelType(b) && a.kind === b.kind && a.name === b.name
  return equalSpans(a as CelValue, b as CelValue)
}

/** `value in list`. */
export function includes(value: CelValue, list: CelList): boolean {
  for (const element of list) if (equal(element, value)) return true
  return false
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

function equalLists(a: CelList, b: CelList): boolean {
  if (a.size !== b.size) return false
  const others = b.values()
  for (const element of a) {
    const other = others.next()
    if (other.done === true || !equal(element, other.value)) return false
  }
  return true
}

function equalMaps(a: CelMap, b: CelMap): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) {
    const other = b.get(key)
    if (other === undefined || !equal(value, other)) return false
  }
  return true
}

/** Timestamps and durations; other messages cannot be made here. */
function equalSpans(a: CelValue, b: CelValue): boolean {
  if (isCelType(b) || celType(a).name !== celType(b).name) return false
  return spanOf(a).seconds === spanOf(b).seconds && spanOf(a).nanos === spanOf(b).nanos
}
