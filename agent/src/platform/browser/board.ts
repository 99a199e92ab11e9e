import type { EnrolledIdentity } from '../../core/identity.ts'
import type { Log, LogFields, Screen } from '../../core/platform.ts'
import type { AgentState, Job } from '../../core/state.ts'
import type { AgentWatch } from '../../core/watch.ts'
import type { DeviceView, LogEntry, OutcomeView, WorkView } from './view.ts'

const mostLines = 200

const nothing: DeviceView = {
  phase: 'enrolling',
  device: null,
  household: null,
  serial: null,
  away: 'not connected yet',
  installed: [],
  work: [],
  outcomes: [],
  trouble: null,
  storage: null,
  lasting: false,
  notice: null,
  log: [],
}

/** Collects what the agent tells into the one view that the page shows; says at most so often that it has changed. */
export class Board implements AgentWatch {
  private view: DeviceView = nothing
  private readonly show: (view: DeviceView) => void
  private readonly outcomes = new Map<string, OutcomeView>()
  private readonly progress = new Map<string, { stage: string; done: number; total: number }>()
  private jobs: readonly Job[] = []
  private lines: LogEntry[] = []
  private shown: ReturnType<typeof setTimeout> | null = null

  constructor(show: (view: DeviceView) => void) {
    this.show = show
  }

  readonly log: Log = {
    info: (message, fields) => this.line('info', message, fields),
    warn: (message, fields) => this.line('warn', message, fields),
  }

  /** The newest text takes the place of one that nobody has read. */
  readonly screen: Screen = {
    show: async (text) => this.set({ notice: { text, time: Date.now() } }),
  }

  set(changes: Partial<DeviceView>): void {
    this.view = { ...this.view, ...changes }
    this.shown ??= setTimeout(() => {
      this.shown = null
      this.show({ ...this.view, log: this.lines })
    }, 50)
  }

  enrolled({ serial, enrolled }: EnrolledIdentity): void {
    const { device, household } = enrolled
    this.set({ phase: 'enrolled', device, household, serial, trouble: null })
  }

  link(away: string | null): void {
    this.set({ away })
  }

  told(message: Parameters<AgentWatch['told']>[0]): void {
    if (message.t === 'progress') {
      const { delivery, stage, done, total } = message
      this.progress.set(delivery, { stage, done, total })
      this.set({ work: this.work() })
    } else if (message.t === 'outcome') {
      const job = this.jobs.find(({ delivery }) => delivery === message.delivery)
      if (job === undefined) return
      const { result, error = null, health } = message
      this.outcomes.set(job.service, { service: job.service, result, error, detail: health.detail ?? '' })
      this.progress.delete(message.delivery)
      this.set({ outcomes: [...this.outcomes.values()] })
    }
  }

  state(state: AgentState): void {
    this.jobs = state.jobs()
    const installed = state.installed().map(({ service, version, component }) => ({ service, version, component }))
    this.set({ installed, work: this.work() })
  }

  private work(): WorkView[] {
    return this.jobs.map((job) => {
      const version = job.kind === 'install' ? job.version : null
      const at = this.progress.get(job.delivery) ?? { stage: stageOf(job), done: 0, total: 0 }
      return { service: job.service, version, ...at }
    })
  }

  private line(level: LogEntry['level'], message: string, fields: LogFields = {}): void {
    this.lines = [...this.lines, { time: Date.now(), level, message, fields }].slice(-mostLines)
    this.set({})
  }
}

function stageOf(job: Job): string {
  if (job.kind === 'remove') return 'removing'
  if (job.phase === 'staging') return 'downloading'
  return job.phase === 'checking' || job.phase === 'restarting' ? job.phase : 'installing'
}
