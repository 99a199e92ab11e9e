import type { Model, SignalDeclaration, Transition } from '@sutler/engine'
import type { Loss } from '../losses.ts'
import { enabledIn, isDone, reachableMarkings } from '../markings.ts'
import { writeXml, type XmlNode } from '../xml/write.ts'

const namespace = 'http://www.pnml.org/version-2009/grammar/pnml'
const netType = 'http://www.pnml.org/version-2009/grammar/ptnet'

/**
 * A model as a place/transition net (ISO/IEC 15909-2): states are places, current ones hold a token, transitions are transitions.
 * A net has tokens and nothing else; each thing more that the model says is a loss.
 */
export function toPnml(model: Model): { readonly text: string; readonly losses: readonly Loss[] } {
  const places = new Map([...new Set(model.states)].map((state, index) => [state, `place-${index + 1}`]))
  const page: XmlNode[] = [
    ...[...new Set(model.states)].map((state) =>
      placeOf(state, places.get(state) ?? '', model.initial.includes(state)),
    ),
    ...model.transitions.map(({ name, on }, index) => ({
      name: 'transition',
      attributes: { id: `transition-${index + 1}` },
      children: [label('name', name === on ? name : `${name} (${on})`)],
    })),
    ...model.transitions.flatMap((transition, index) => arcsOf(transition, `transition-${index + 1}`, places)),
  ]
  const net: XmlNode = {
    name: 'net',
    attributes: { id: 'net-1', type: netType },
    children: [
      label('name', `${model.title ?? model.model} (${model.model} ${model.version})`),
      { name: 'page', attributes: { id: 'page-1' }, children: page },
    ],
  }
  const text = writeXml({ name: 'pnml', attributes: { xmlns: namespace }, children: [net] })
  return {
    text,
    losses: [...declarations(model), ...model.transitions.flatMap(transitionLosses), ...tokenLosses(model)],
  }
}

function placeOf(state: string, id: string, marked: boolean): XmlNode {
  const marking = marked ? [label('initialMarking', '1')] : []
  return { name: 'place', attributes: { id }, children: [label('name', state), ...marking] }
}

/** An arc from each state that is needed and to each that becomes current; all have weight 1. */
function arcsOf({ from, to }: Transition, id: string, places: ReadonlyMap<string, string>): XmlNode[] {
  const arc = (source: string, target: string): XmlNode => ({
    name: 'arc',
    attributes: { id: `arc-${source}-${target}`, source, target },
  })
  const known = (states: readonly string[]): string[] =>
    [...new Set(states)].flatMap((state) => places.get(state) ?? [])
  return [...known(from).map((place) => arc(place, id)), ...known(to).map((place) => arc(id, place))]
}

function label(name: string, text: string): XmlNode {
  return { name, children: [{ name: 'text', text }] }
}

function declarations({ final, data, shared, signals = {}, returns }: Model): Loss[] {
  return [
    ...lossIf(final.length > 0, 'final', '/final', 'a net does not say which markings are an end'),
    ...lossIf(data !== undefined, 'data', '/data', 'tokens carry no data'),
    ...lossIf(shared !== undefined, 'shared', '/shared', 'tokens carry no data, and nets share none'),
    ...lossIf(returns !== undefined, 'returns', '/returns', 'a net returns nothing'),
    ...Object.entries(signals).flatMap(([name, declaration]) => signalLosses(name, declaration)),
  ]
}

function signalLosses(name: string, { args, urgent, deferrable }: SignalDeclaration): Loss[] {
  const at = `/signals/${name}`
  return [
    ...lossIf(args !== undefined, 'signal-args', `${at}/args`, `what ${name} carries is not in the net`),
    ...lossIf(urgent === true, 'urgent', `${at}/urgent`, 'a net waits for no subinstance'),
    ...lossIf(deferrable === true, 'deferrable', `${at}/deferrable`, `${name} is not kept for later`),
  ]
}

function transitionLosses(transition: Transition, index: number): Loss[] {
  const { name, on, from, clear, when, cancel, tasks = [], emit = [], call = [] } = transition
  const at = `/transitions/${index}`
  const assigned = (['args', 'set', 'share'] as const).filter((key) => transition[key] !== undefined)
  return [
    loss('signal', `${at}/on`, `${name} fires at any time in the net, not on ${on}`),
    ...lossIf(
      from.length === 0,
      'from-nothing',
      `${at}/from`,
      `${name} has no place before it: in the net it fires without end`,
    ),
    ...lossIf(
      clear !== undefined,
      'clear',
      `${at}/clear`,
      'a place/transition net has no reset arcs: these states stay current',
    ),
    ...lossIf(when !== undefined, 'guard', `${at}/when`, `${name} fires whatever ${when ?? ''} gives`),
    ...assigned.map((key) => loss('data', `${at}/${key}`, 'tokens carry no data: nothing is assigned')),
    ...lossIf(cancel !== undefined, 'timer', `${at}/cancel`, 'a net has no time: nothing is taken back'),
    ...tasks.map(({ task }, each) =>
      loss('task', `${at}/tasks/${each}`, `${task} is not started: a net does nothing but move tokens`),
    ),
    ...emit.map(({ signal, after, at: instant }, each) =>
      after === undefined && instant === undefined
        ? loss(
            'emit',
            `${at}/emit/${each}`,
            `${signal} is not sent: transitions of a net cause each other by places only`,
          )
        : loss('timer', `${at}/emit/${each}`, `${signal} is not sent later: a net has no time`),
    ),
    ...call.map(({ url }, each) =>
      loss('call', `${at}/call/${each}`, `${url} is not called: a net has no subinstances`),
    ),
  ]
}

/** Where counting tokens and holding a set of states differ, and where the order of transitions matters. */
function tokenLosses(model: Model): Loss[] {
  const { sets, whole } = reachableMarkings(model)
  const found = whole
    ? []
    : [loss('bound-reached', '/states', `only the first ${sets.length} sets of current states were looked at`)]
  const alive = sets.filter((marking) => !isDone(model, marking))
  for (const [index, transition] of model.transitions.entries()) {
    const { name, from, to, on } = transition
    const can = alive.filter((marking) => from.every((state) => marking.has(state)))
    const again = to.filter((state) => !from.includes(state) && can.some((marking) => marking.has(state)))
    if (again.length > 0)
      found.push(
        loss(
          'set',
          `/transitions/${index}/to`,
          `${again.join(', ')} can be current already: the net then has two tokens there`,
        ),
      )
    const earlier = model.transitions.slice(0, index).filter((other) => other.on === on)
    const rival = earlier.find(
      (other) =>
        other.from.some((state) => from.includes(state)) &&
        can.some((marking) => enabledIn(marking, [other]).length > 0),
    )
    if (rival !== undefined)
      found.push(
        loss(
          'order',
          `/transitions/${index}`,
          `${rival.name} is declared before ${name} and goes first; in the net either may`,
        ),
      )
    const companion = earlier.find(
      (other) =>
        !other.from.some((state) => from.includes(state)) &&
        can.some((marking) => enabledIn(marking, [other]).length > 0),
    )
    if (companion !== undefined)
      found.push(
        loss(
          'one-step',
          `/transitions/${index}`,
          `${companion.name} and ${name} fire in one step; in the net one after the other`,
        ),
      )
  }
  return found
}

function lossIf(lost: boolean, code: string, place: string, message: string): Loss[] {
  return lost ? [loss(code, place, message)] : []
}

function loss(code: string, place: string, message: string): Loss {
  return { code, place, message }
}
