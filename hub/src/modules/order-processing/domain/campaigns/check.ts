import { maximumWaves, type Approval, type CampaignDocument, type Gate, type WavePlan } from './document.ts'

/** What can never work about a campaign, found when it is written: a place and a sentence each. Pure. */

export interface Finding {
  /** JSON pointer into the document. */
  readonly pointer: string
  readonly detail: string
}

export function checkCampaign(document: CampaignDocument): Finding[] {
  return [
    ...checkWaves(document.waves),
    ...document.gates.flatMap((gate, index) => checkGate(gate, `/gates/${index}`, document)),
    ...twice(document.gates, ({ after }) => String(after), 'gates', 'after'),
    ...document.approvals.flatMap((approval, index) => checkApproval(approval, `/approvals/${index}`, document)),
    ...twice(document.approvals, ({ before }) => String(before), 'approvals', 'before'),
    ...checkBudget(document),
    ...checkRate(document),
    ...checkDeadline(document),
    ...checkSelection(document),
  ]
}

/**
 * What can be said only when it is known how many devices each wave has.
 * @param sizes devices of each wave, from wave 1
 */
export function checkSizes(document: CampaignDocument, sizes: readonly number[]): Finding[] {
  return document.gates.flatMap((gate, index) => {
    const { sample } = gate
    if (sample === undefined || gate.after === 'each') return []
    const size = sizes[gate.after - 1]
    if (size === undefined)
      return [at(`/gates/${index}/after`, `there is no wave ${gate.after}: ${sizes.length} waves reach all devices`)]
    return sample > size
      ? [at(`/gates/${index}/sample`, `${sample} outcomes can never be known: wave ${gate.after} has ${size} devices`)]
      : []
  })
}

function checkWaves(waves: WavePlan): Finding[] {
  if ('first' in waves) return []
  const percent = waves.reduce((sum, wave) => sum + ('percent' in wave ? wave.percent : 0), 0)
  const groups = waves.flatMap((wave) => ('group' in wave ? [wave.group] : []))
  const repeated = groups.find((group, index) => groups.indexOf(group) !== index)
  return [
    ...(percent > 100 ? [at('/waves', `the waves are ${percent} % together; there are only 100 %`)] : []),
    ...(repeated === undefined
      ? []
      : [at('/waves', `group ${repeated} has two waves; its devices can be ordered for once`)]),
  ]
}

function checkGate(gate: Gate, place: string, { waves, within }: CampaignDocument): Finding[] {
  const { after, success, errors, sample, soak = 0 } = gate
  const wave = after === 'each' || 'first' in waves ? undefined : waves[after - 1]
  const most = numberOfWaves(waves)
  return [
    ...shareFinding(success, `${place}/success`, 'of the devices can succeed'),
    ...shareFinding(errors, `${place}/errors`, 'of the devices can fail'),
    ...(after !== 'each' && after > most
      ? [at(`${place}/after`, `there is no wave ${after}: the campaign has at most ${most}`)]
      : []),
    ...(wave !== undefined && 'count' in wave && sample !== undefined && sample > wave.count
      ? [at(`${place}/sample`, `${sample} outcomes can never be known: wave ${after} has ${wave.count} devices`)]
      : []),
    ...(soak >= gate.within
      ? [at(`${place}/soak`, 'it is to be watched for longer than it may take (`within`): the gate would never open')]
      : []),
    ...(soak >= within ? [at(`${place}/soak`, 'it is to be watched for longer than the whole campaign may take')] : []),
  ]
}

/** The waves that were written and, where they leave devices, one of the rest. */
function numberOfWaves(waves: WavePlan): number {
  return 'first' in waves ? maximumWaves : waves.length + 1
}

function checkApproval({ before }: Approval, place: string, { waves }: CampaignDocument): Finding[] {
  const most = numberOfWaves(waves)
  return before > most ? [at(`${place}/before`, `there is no wave ${before}: the campaign has at most ${most}`)] : []
}

function checkBudget({ errorBudget }: CampaignDocument): Finding[] {
  if (errorBudget === null) return []
  return shareFinding(errorBudget.share, '/errorBudget/share', 'of the devices can fail')
}

function checkRate({ rate }: CampaignDocument): Finding[] {
  if (rate.grows === undefined || rate.grows.upTo >= rate.perMinute) return []
  return [
    at('/rate/grows/upTo', `the rate begins at ${rate.perMinute} per minute and cannot grow to ${rate.grows.upTo}`),
  ]
}

/** The soaking of every wave after the other must fit into the time that there is. */
function checkDeadline({ gates, within, waves }: CampaignDocument): Finding[] {
  if ('first' in waves) return []
  const soaks = gates.reduce((sum, gate) => sum + (gate.soak ?? 0) * (gate.after === 'each' ? waves.length : 1), 0)
  return soaks < within
    ? []
    : [at('/within', 'the gates watch their waves for longer than the whole campaign may take')]
}

function checkSelection({ selection, joining }: CampaignDocument): Finding[] {
  return joining && selection.devices !== undefined
    ? [at('/selection/devices', 'nothing joins a list; name a group or a filter, or leave `joining` out')]
    : []
}

function shareFinding(value: number | undefined, pointer: string, what: string): Finding[] {
  if (value === undefined || (value >= 0 && value <= 1)) return []
  return [at(pointer, `${value} can never hold: from 0 (none) to 1 (all) ${what}`)]
}

function twice<T>(entries: readonly T[], keyOf: (entry: T) => string, list: string, field: string): Finding[] {
  const seen = new Set<string>()
  return entries.flatMap((entry, index) => {
    const key = keyOf(entry)
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [at(`/${list}/${index}/${field}`, `there are two for ${field} ${key}, which could contradict each other`)]
  })
}

function at(pointer: string, detail: string): Finding {
  return { pointer, detail }
}
