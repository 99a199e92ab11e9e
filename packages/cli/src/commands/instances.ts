import type { Command } from 'commander'
import { addInstanceHistory } from './instance-history.ts'
import { addInstanceLists } from './instance-lists.ts'
import { addInstanceMigrate } from './instance-migrate.ts'
import { addInstanceOperations } from './instance-operations.ts'
import { addInstanceSignals } from './instance-signals.ts'
import { addInstanceWatch } from './instance-watch.ts'

/** `instance start|signal|list|show|diagram|history|watch|cancel|retry|skip|repair|migrate|migrations`. */
export function addInstances(program: Command): void {
  const instance = program.command('instance').description('instances: running copies of models')
  addInstanceSignals(instance)
  addInstanceLists(instance)
  addInstanceHistory(instance)
  addInstanceWatch(instance)
  addInstanceOperations(instance)
  addInstanceMigrate(instance)
}
