import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { pageQuery } from '../../platform/http/page.ts'
import { instant, json, name } from './parts.ts'

export const modelsQuery = pageQuery.extend({ name: name.optional().describe('Only versions of this model.') })

export const modelSummary = z
  .object({
    name: z.string(),
    version: z.string(),
    title: z.string().nullable(),
    digest: z
      .string()
      .describe(
        'SHA-256 of the document’s JSON with sorted keys (those of a transition’s args, set and share as they are), hexadecimal.',
      ),
    publishedAt: instant,
    publishedBy: z.string().nullable().describe('Principal id; null = it came with the hub.'),
  })
  .meta({ id: 'ModelSummary' })

export const modelDocument = z
  .object({
    ...modelSummary.shape,
    document: json,
    text: z
      .string()
      .nullable()
      .describe(
        'In the pattern language: as its author wrote it, or printed where it was published as a document. Null where no text can say it: values nested deeper than texts may have them.',
      ),
  })
  .meta({ id: 'PublishedModel' })

/** As the pattern language has it. */
const textLength = 1_048_576

/** A model as its author gives it: one of the two. */
export const authoredModel = z
  .strictObject({
    document: json.optional().describe('The canonical document (docs/engine.md section 7).'),
    text: storableText(textLength).optional().describe('Or text in the pattern language.'),
  })
  .meta({ id: 'AuthoredModel' })

const witnessStep = z.object({ signal: z.string(), fired: z.array(z.string()), states: z.array(z.string()) })

export const modelFinding = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    pointer: z.string().optional().describe('JSON pointer into the document.'),
    line: z.number().int().optional().describe('In the text, from 1.'),
    column: z.number().int().optional().describe('In the text, from 1, in UTF-16 units.'),
    nearest: z.string().optional().describe('The name that was probably meant.'),
    witness: z.array(witnessStep).optional().describe('A shortest way to the states that it speaks of.'),
  })
  .meta({ id: 'ModelFinding' })

export const checkedModel = z
  .object({
    model: json.nullable().describe('The document; null when it cannot be executed at all.'),
    sound: z.boolean().describe('It could be published.'),
    findings: z.array(modelFinding).describe('At most 1,000.'),
  })
  .meta({ id: 'CheckedModel' })

export const publication = z
  .object({
    name: z.string(),
    version: z.string(),
    digest: z.string(),
    warnings: z.array(modelFinding).describe('What does not stand against publishing it, but is doubtful.'),
  })
  .meta({ id: 'Publication' })

export const diagramQuery = z.object({
  states: z.string().max(20_000).optional().describe('Comma-separated states to be shown as current.'),
})
