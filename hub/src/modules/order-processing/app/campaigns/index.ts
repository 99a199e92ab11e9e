import type { Task } from '../../../../engine/index.ts'
import type { CampaignDependencies } from './dependencies.ts'
import { lookTask } from './look-task.ts'
import { planTask } from './plan-task.ts'
import { recordTask } from './record-task.ts'

/** The engine tasks that the pattern `campaign` uses, by name. */
export function campaignTasks(deps: CampaignDependencies): Readonly<Record<string, Task>> {
  return { 'campaigns.plan': planTask(deps), 'campaigns.look': lookTask(deps), 'campaigns.record': recordTask(deps) }
}
