import type { Schemas } from '@sutler/client'
import { printable } from '../terminal.ts'

/** What the commands about policies print for people. */

export function trialText(trial: Schemas['PolicyTrial']): string {
  const lines = [trial.summary]
  if (trial.everyone) lines.push('That is a large part of all households: activating it takes --acknowledge-all.')
  if (trial.refused > 0) lines.push(`${trial.refused} of its actions could not be done.`)
  for (const { at, what, held, would, clauses } of trial.shown) {
    lines.push(`${at} ${what}: ${held ? 'would have fired' : 'would not have fired'}`)
    lines.push(...(held ? would : clauses.filter((clause) => !clause.held).map(clauseText)).map((text) => `  ${text}`))
  }
  return lines.map(printable).join('\n')
}

export function firingText(firing: Schemas['PolicyFiring']): string {
  const { id, name, version, cause, household, at, state, detail, clauses, actions } = firing
  const whom = household === null ? '' : ` for ${household}`
  const lines = [`${id}: ${name} version ${version}, ${at}${whom}, set off by ${cause.what} (${cause.id})`]
  lines.push(`it is ${state}${detail === '' ? '' : `: ${detail}`}`)
  lines.push(...clauses.map((clause) => `  ${clauseText(clause)}`))
  for (const action of actions) {
    const result = [action.order, action.approval, action.detail].filter(Boolean).join(' ')
    lines.push(`  ${action.kind}: ${action.state}${result === '' ? '' : ` ${result}`}`)
  }
  return lines.map(printable).join('\n')
}

function clauseText({ source, held, detail }: Schemas['PolicyFiring']['clauses'][number]): string {
  return `${held ? 'held' : 'did not hold'}: ${source}${detail === '' ? '' : ` (${detail})`}`
}

export function versionText(version: Schemas['PolicyVersion']): string {
  const { document, activated, state, detail } = version
  const by = activated === null ? '' : `, switched on by ${activated.by} at ${activated.at}`
  const why = detail === '' ? '' : `: ${detail}`
  return printable(`${document.name} version ${version.version} is ${state}${by}${why}`)
}
