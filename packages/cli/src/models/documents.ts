import { nearestName, type Model } from '@sutler/engine'
import { drawModel, fromScxml, printPattern, ScxmlError, toPnml, toScxml, type Loss } from '@sutler/patterns'
import { CommandError } from '../command-error.ts'
import { compiledSource } from './compiled-source.ts'
import type { ModelSource } from './model-source.ts'

/** A model in another form, and what that form cannot say. */
export interface Written {
  readonly text: string
  readonly losses: readonly Loss[]
}

const forms = {
  pnml: toPnml,
  scxml: toScxml,
  json: (model: Model): Written => ({ text: JSON.stringify(model, null, 2), losses: [] }),
  pattern: (model: Model): Written => ({ text: printPattern(model), losses: [] }),
} as const

/** @throws ModelSourceError */
export function exported(source: ModelSource, form: keyof typeof forms): Written {
  return forms[form](compiledSource(source).model)
}

/** Pattern text of an SCXML document. @throws CommandError `scxml-unreadable` */
export function imported(file: string, text: string): Written {
  try {
    const { model, losses } = fromScxml(text)
    return { text: printPattern(model), losses }
  } catch (error) {
    if (!(error instanceof ScxmlError)) throw error
    throw new CommandError('scxml-unreadable', `${file}: ${error.message}`, 'Correct the document.', error)
  }
}

/** SVG, these states highlighted. @throws ModelSourceError, CommandError `option-invalid` for a state that there is not */
export function diagram(source: ModelSource, states: readonly string[]): string {
  const { model } = compiledSource(source)
  const missing = states.find((state) => !model.states.includes(state))
  if (missing !== undefined) {
    const meant = nearestName(missing, model.states)
    throw new CommandError(
      'option-invalid',
      `--states: ${model.model} has no state ${missing}${meant === null ? '' : `, did you mean ${meant}?`}`,
      `Its states are ${model.states.join(', ')}.`,
    )
  }
  return drawModel(model, { states })
}
