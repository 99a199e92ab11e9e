import { answer, type Schemas } from '@sutler/client'
import { InvalidArgumentError, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { readText } from '../read-text.ts'
import { openSession } from '../session.ts'
import { byteText, printable, tableOf } from '../terminal.ts'
import { lists } from './lists.ts'

type CampaignRequest = Schemas['CampaignRequest']

/** `campaign create|list|show|preview|targets|start|pause|resume|approve|abort|roll-back`. */
export function addCampaigns(program: Command): void {
  const campaign = program
    .command('campaign')
    .description('campaigns: one order for many households, in waves, with gates between them')
  addCreate(campaign)
  lists(campaign.command('list').description('list campaigns').option('--state <state>', 'only those in this state'), {
    read: async (api, query: { cursor: string | undefined; state?: Schemas['CampaignState'] }) =>
      answer(await api.GET('/api/v1/campaigns', { params: { query } })),
    columns: {
      id: (c) => c.id,
      state: (c) => c.state,
      what: (c) => `${c.action} ${c.service}${c.version === null ? '' : ` ${c.version}`}`,
      name: (c) => c.name,
      why: (c) => c.why,
    },
  })
  addShow(campaign)
  addPreview(campaign)
  addTargets(campaign)
  addActs(campaign)
}

function addCreate(campaign: Command): void {
  campaign
    .command('create')
    .description('write a campaign down and look at its devices; nothing is ordered before it is started')
    .argument('<file>', 'the campaign as JSON; - = standard input')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const made = answer(await api.POST('/api/v1/campaigns', { body: await readCampaign(file) }))
      terminal.result(made, () => `${made.id} is ${made.state}: ${printable(made.name)}`)
      terminal.remark(`What it would do: sutler campaign preview ${made.id}`)
    })
}

async function readCampaign(file: string): Promise<CampaignRequest> {
  const text = await readText(file)
  try {
    return JSON.parse(text) as CampaignRequest
  } catch (error) {
    throw new CommandError('option-invalid', `${file} is no JSON`, 'docs/guide/campaigns.md shows one.', error)
  }
}

function addShow(campaign: Command): void {
  campaign
    .command('show')
    .description('one campaign with its waves, and what people did about it')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const found = answer(await api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }))
      terminal.result(found, () => campaignText(found))
    })
}

function addPreview(campaign: Command): void {
  campaign
    .command('preview')
    .description('what a planned campaign would do: which devices, which not and why, how many bytes, until when')
    .argument('<id>')
    .option('--again', 'look at the devices again first')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { again?: boolean; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const path = { id }
      if (options.again === true)
        answer(await api.POST('/api/v1/campaigns/{id}/preview', { params: { path }, body: { reason: '' } }))
      await untilPlanned(async () => answer(await api.GET('/api/v1/campaigns/{id}', { params: { path } })).state)
      const found = answer(await api.GET('/api/v1/campaigns/{id}/preview', { params: { path } }))
      terminal.result(found, () => previewText(found))
    })
}

/** Planning looks at tens of thousands of devices a second; whoever has more asks again. */
async function untilPlanned(state: () => Promise<string>): Promise<void> {
  for (let looks = 0; looks < 120; looks++) {
    if ((await state()) !== 'planning') return
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

function addTargets(campaign: Command): void {
  const targets = campaign
    .command('targets')
    .description('the devices of a campaign with what came of each')
    .argument('<id>')
    .option('--state <state>', 'only those in this state')
    .option('--kind <kind>', 'only those that were left out for this kind of reason')
  lists(targets, {
    read: async (
      api,
      query: {
        cursor: string | undefined
        state?: Schemas['CampaignTargetState']
        kind?: Schemas['CampaignPreview']['skipped'][number]['kind']
      },
      id,
    ) => answer(await api.GET('/api/v1/campaigns/{id}/targets', { params: { path: { id }, query } })),
    columns: {
      device: (t) => t.device,
      household: (t) => t.household,
      state: (t) => t.state,
      wave: (t) => String(t.wave),
      order: (t) => t.backOrder ?? t.order ?? '',
      reason: (t) => t.reason,
    },
  })
}

const acts = [
  ['start', 'start a planned campaign'],
  ['pause', 'order nothing more until it is resumed; what is open goes on'],
  ['resume', 'go on with a paused campaign, in spite of what made it pause'],
  ['abort', 'end a campaign: order nothing more and cancel what is open'],
  ['roll-back', 'bring every household back to where the campaign found it'],
] as const

function addActs(campaign: Command): void {
  for (const [act, description] of acts)
    campaign
      .command(act)
      .description(description)
      .argument('<id>')
      .option('--reason <text>', 'why', '')
      .option('--json', 'print JSON')
      .action(async (id: string, { reason, json }: { reason: string; json?: boolean }) => {
        const { api, terminal } = await openSession(json === true)
        const given = { params: { path: { id } }, body: { reason } }
        const found = answer(await api.POST(`/api/v1/campaigns/{id}/${act}`, given))
        terminal.result(found, () => campaignText(found))
      })
  campaign
    .command('approve')
    .description('let a wave begin that waits for a second person')
    .argument('<id>')
    .requiredOption('--wave <n>', 'which', waveOf)
    .option('--reason <text>', 'why', '')
    .option('--json', 'print JSON')
    .action(async (id: string, { wave, reason, json }: { wave: number; reason: string; json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const given = { params: { path: { id } }, body: { wave, reason } }
      const found = answer(await api.POST('/api/v1/campaigns/{id}/approve', given))
      terminal.result(found, () => campaignText(found))
    })
}

function waveOf(text: string): number {
  const wave = Number(text)
  if (!Number.isSafeInteger(wave) || wave < 1) throw new InvalidArgumentError('must be the number of a wave, from 1.')
  return wave
}

function campaignText(campaign: Schemas['CampaignWithWaves']): string {
  const { id, name, state, why, action, service, version } = campaign
  const waves = tableOf(campaign.waves, {
    wave: (w) => String(w.number),
    devices: (w) => String(w.size),
    open: (w) => String(w.open),
    done: (w) => String(w.done),
    failed: (w) => String(w.failed),
    cancelled: (w) => String(w.cancelled),
    back: (w) => `${w.returned}${w.returning === 0 ? '' : ` (${w.returning} on their way)`}`,
    gate: (w) => (w.passedAt === null ? '' : `open since ${w.passedAt}`),
  })
  const people = campaign.acts.map(
    (act) =>
      `${act.at}  ${act.act}${act.wave === null ? '' : ` wave ${act.wave}`}  ${act.name}${act.reason === '' ? '' : `: ${act.reason}`}`,
  )
  const head = `${id} is ${state}: ${printable(name)}, ${action} ${service}${version === null ? '' : ` ${version}`}`
  return [head, printable(why), waves, ...people.map(printable)].join('\n')
}

function previewText(preview: Schemas['CampaignPreview']): string {
  const { planned, skipped, waves, bytes, order, forecast } = preview
  const left = skipped.reduce((sum, { devices }) => sum + devices, 0)
  return [
    `${planned} devices would get it, ${left} are left out.`,
    ...skipped.flatMap(({ kind, devices, first }) => [
      `  ${kind}: ${devices}`,
      ...first.slice(0, 3).map(({ device, reason }) => printable(`    ${device}: ${reason}`)),
    ]),
    tableOf(waves, {
      wave: (w) => String(w.number),
      devices: (w) => String(w.devices),
      first: (w) => w.first.slice(0, 3).join(', '),
    }),
    `Order: ${order.map((layer) => layer.join(', ')).join(', then ')}`,
    `Bytes: ${byteText(bytes.whole)} whole, ${byteText(bytes.changedFilesOnly)} changed files only, ${byteText(bytes.withPatches)} with patches`,
    `Done by ${forecast.likely}, or ${forecast.late} if devices are slow (${printable(forecast.basis)})`,
  ].join('\n')
}
