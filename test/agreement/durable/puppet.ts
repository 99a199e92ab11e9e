import type { Model } from '@sutler/engine'

/** A subinstance that ends when the script says so, with what it says, and does nothing by itself. */
export function puppet(model: string): Model {
  return {
    model,
    version: '1.2.0',
    data: { n: 0 },
    states: ['waiting', 'ended', 'cancelled'],
    initial: ['waiting'],
    final: ['ended', 'cancelled'],
    signals: { finish: { args: { n: 'any' } }, cancel: { urgent: true } },
    transitions: [
      { name: 'finish', on: 'finish', from: ['waiting'], to: ['ended'], set: { n: 'args.n' } },
      { name: 'cancel', on: 'cancel', from: [], clear: ['*'], to: ['cancelled'] },
    ],
    returns: { n: 'data.n' },
  }
}

/**
 * The model under names of its own, so that many trials share a hub; with retries that take no time, and no `cancel` to
 * subinstances: puppets end by the script alone.
 */
export function renamed(model: Model, number: number): Model {
  const text = JSON.stringify(model).replaceAll(/model:(trial|sub|other)\b/g, `model:$1${number}`)
  const copy = JSON.parse(text) as Model
  const transitions = copy.transitions.map((transition) => ({
    ...transition,
    ...(transition.tasks && {
      tasks: transition.tasks.map((use) => ({
        ...use,
        retry: { attempts: use.retry?.attempts ?? 1, first: '0s', max: '0s' },
        timeout: '1d',
      })),
    }),
    ...(transition.emit && {
      emit: transition.emit.map((emit) => (emit.signal === 'cancel' ? { ...emit, signal: 'zz' } : emit)),
    }),
  }))
  return { ...copy, model: `trial${number}`, transitions }
}
