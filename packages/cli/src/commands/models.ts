import type { Command } from 'commander'
import { addModelChecks } from './model-check.ts'
import { addModelDocuments } from './model-documents.ts'
import { addModelRoles } from './model-roles.ts'
import { addPublishedModels } from './published-models.ts'
import { addSimulate } from './simulate.ts'

/** `model check|format|diagram|simulate|export|import|publish|list|show|role`. */
export function addModels(program: Command): void {
  const model = program.command('model').description('models: what the engine executes, as text and as published')
  addModelChecks(model)
  addSimulate(model)
  addModelDocuments(model)
  addPublishedModels(model)
  addModelRoles(model)
}
