import {
  childEnded,
  take,
  taskEnded,
  type CompiledModel,
  type Instance,
  type Instant,
  type JsonObject,
  type Refusal,
  type Signal,
  type Taken,
} from '@sutler/engine'
import type { Item } from './item.ts'

/** What the model says to one item: the engine's pure step with its macrostep, without the steps that are refused. */
export function decide(
  compiled: CompiledModel,
  instance: Instance,
  shared: JsonObject,
  item: Item,
  now: Instant,
  refuse: readonly Refusal[] = [],
): Taken {
  switch (item.kind) {
    case 'signal':
      return take(compiled, instance, shared, item.signal, now, { refuse })
    case 'child':
      return childEnded(compiled, instance, shared, item.as, item.end, now, { refuse })
    case 'task': {
      const { end, attempts } = item
      const told = 'done' in end ? { result: end.done } : { error: end.failed, attempts }
      return taskEnded(compiled, instance, shared, item.key, told, now, { refuse })
    }
  }
}

/** A signal that stands for the item in history when it could not be taken at all. */
export function signalOf(item: Item, instance: Instance): Signal {
  if (item.kind === 'signal') return item.signal
  if (item.kind === 'child') {
    const child = instance.children.find(({ as }) => as === item.as)
    const type = ('returns' in item.end ? child?.done : child?.failed) ?? 'child'
    return { id: `${instance.id}/${instance.steps}/child/${item.as}`, type, args: {}, from: child?.url ?? 'engine' }
  }
  const task = instance.tasks.find(({ key }) => key === item.key)
  const type = ('done' in item.end ? task?.done : task?.failed) ?? 'task'
  return { id: `${item.key}/end`, type, args: {}, from: 'task' }
}
