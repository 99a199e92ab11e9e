import { z } from 'zod'
import { modelFinding } from './models.ts'
import { instant, name } from './parts.ts'

const names = z.array(z.string())

export const roleSchema = z
  .object({
    role: z.string(),
    title: z.string(),
    version: z.string().nullable().describe('Of the model of that name: what new instances start on.'),
    assigned: z
      .object({ version: z.string(), by: z.string(), at: instant })
      .nullable()
      .describe('A person’s choice; null = the newest that came with the hub.'),
    findings: z
      .array(modelFinding)
      .describe('In which the choice does not keep the contract of this hub; then the shipped version is used.'),
    contract: z
      .object({
        signals: z.record(z.string(), z.record(z.string(), z.string())),
        called: names,
        returns: names,
        states: names,
        tasks: names,
        calls: names,
        sends: z.record(z.string(), names),
      })
      .describe('What a model has to keep to fill the role.'),
  })
  .meta({ id: 'ModelRole' })

export const roleParams = z.object({ role: name })

export const assignRequest = z
  .strictObject({
    version: z
      .string()
      .min(5)
      .max(256)
      .nullable()
      .describe('A published version of the model; null = the newest that came with the hub.'),
  })
  .meta({ id: 'AssignRole' })
