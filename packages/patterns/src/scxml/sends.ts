import { type Emit, readDuration } from '@sutler/engine'
import type { XmlElement } from '../xml/read.ts'
import { type ExpressionScope, translate, Untranslatable } from './expressions.ts'
import type { Losses } from './losses.ts'
import type { Names } from './names.ts'
import type { SentSignal } from './path.ts'

const ownProcessor = new Set(['scxml', 'http://www.w3.org/TR/scxml/#SCXMLEventProcessor', 'http://www.w3.org/TR/scxml'])
const argumentName = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/

/** Reads `<send>` (6.2) and `<param>` (5.7). */
export class SendReader {
  readonly #signals: Names
  readonly #losses: Losses

  constructor(signals: Names, losses: Losses) {
    this.#signals = signals
    this.#losses = losses
  }

  /** Null when the signal cannot be sent by a model; the loss is noted. */
  signalOf(element: XmlElement, scope: ExpressionScope): SentSignal | null {
    const { attributes } = element
    const event = attributes.get('event')
    const type = attributes.get('type')
    if (event === undefined) return this.#notSent(element, 'its event is computed')
    if (attributes.has('typeexpr') || (type !== undefined && !ownProcessor.has(type)))
      return this.#notSent(element, `it goes by ${type ?? 'a computed processor'}`)
    const target = attributes.get('target')
    if (attributes.has('targetexpr')) return this.#notSent(element, 'its target is computed')
    if (target !== undefined && target !== '#_internal' && target !== '#_parent')
      return this.#notSent(element, `${target} is no instance of a model`)
    if (attributes.has('idlocation'))
      this.#losses.add('send-id', element, 'the id of what is sent is not kept: idlocation gets no value')
    const after = this.#delay(element, scope)
    if (after === null) return null
    const args = this.argumentsOf(element, scope)
    const emit: Emit = {
      signal: this.#signals.of(event, element),
      ...(Object.keys(args).length > 0 && { args }),
      ...(target === '#_parent' && { to: 'parent' }),
      ...(target !== '#_internal' && !(target === '#_parent' && after === '0s') && { after }),
    }
    return { emit, sendid: attributes.get('id') ?? null }
  }

  /** What `<param>` elements and a `namelist` carry. */
  argumentsOf(element: XmlElement, scope: ExpressionScope): Record<string, string> {
    const args: Record<string, string> = {}
    const listed = (element.attributes.get('namelist') ?? '').split(/\s+/).filter((name) => name !== '')
    for (const name of listed) this.#argument(args, name, name, element, scope)
    for (const child of element.children) {
      if (child.name === 'content')
        this.#losses.add('content-element', child, '<content> is not carried: a signal has named arguments')
      if (child.name !== 'param') continue
      const { attributes } = child
      const value = attributes.get('expr') ?? attributes.get('location') ?? ''
      this.#argument(args, attributes.get('name') ?? '', value, child, scope)
    }
    return args
  }

  #argument(args: Record<string, string>, name: string, value: string, at: XmlElement, scope: ExpressionScope): void {
    if (!argumentName.test(name))
      return this.#losses.add('argument-name', at, `argument ${name} is left out: its name is none of a model`)
    if (Object.hasOwn(args, name))
      this.#losses.add('argument-twice', at, `argument ${name} is given twice: the last one counts`)
    try {
      args[name] = translate(value, scope)
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      this.#losses.add('expression', at, `argument ${name} is left out: ${error.message}`)
    }
  }

  /** `0s` = at once, after what is internal: as a signal from outside. */
  #delay(element: XmlElement, scope: ExpressionScope): string | null {
    const delay = element.attributes.get('delay')
    const computed = element.attributes.get('delayexpr')
    if (computed !== undefined) {
      try {
        return `{${translate(computed, scope)}}`
      } catch (error) {
        if (!(error instanceof Untranslatable)) throw error
        return this.#notSent(element, `its delay cannot be computed: ${error.message}`)
      }
    }
    if (delay === undefined || delay === '') return '0s'
    const text = delay.trim().replace(/^\./, '0.')
    return readDuration(text) === null ? this.#notSent(element, `${delay} is no delay`) : text
  }

  #notSent(element: XmlElement, why: string): null {
    const event = element.attributes.get('event') ?? 'the event'
    this.#losses.add('send-element', element, `${event} is not sent: ${why}`)
    return null
  }
}
