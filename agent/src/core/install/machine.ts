import type { InstallJob } from '../state.ts'

/**
 * The install as a pure state machine. The runner writes the job down, does the act that `nextAct` names, and takes the
 * job that the matching function below returns. Every act may be done again after a power cut.
 */
export type Act = 'stage' | 'switch' | 'restart' | 'check' | 'revert' | 'settle-reverted' | 'prove'

/** A check begun this often without an end is taken as failed: it may be what takes the device down. */
export const mostChecks = 3

/** @param boot of the running agent: after a restart it differs from the job's, and the act behind the restart is due */
export function nextAct(job: InstallJob, boot: string): Act {
  switch (job.phase) {
    case 'staging':
      return 'stage'
    case 'switching':
      return 'switch'
    case 'restarting':
      return job.boot === boot ? 'restart' : 'check'
    case 'checking':
      return 'check'
    case 'reverting':
      return 'revert'
    case 'reverted':
      return job.boot === boot ? 'restart' : 'settle-reverted'
    case 'proving':
      return 'prove'
  }
}

/** @param previous directory that is current now, or null */
export function staged(job: InstallJob, previous: string | null): InstallJob {
  return { ...job, phase: 'switching', previous }
}

export function switched(job: InstallJob, restart: 'none' | 'device', boot: string): InstallJob {
  return restart === 'device' ? { ...job, phase: 'restarting', boot } : { ...job, phase: 'checking' }
}

/** Counts a check before it begins. */
export function checkBegun(job: InstallJob): InstallJob {
  if (job.checks < mostChecks) return { ...job, phase: 'checking', checks: job.checks + 1 }
  return failed(job, 'health-check-failed', `the health check was begun ${mostChecks} times and never ended`)
}

export function failed(job: InstallJob, code: string, detail: string): InstallJob {
  return { ...job, phase: 'reverting', failure: { code, detail } }
}

/** The old version must be started too, when starting the new one took a restart; `none` = settle at once. */
export function reverted(job: InstallJob, restart: 'none' | 'device', boot: string): InstallJob {
  return { ...job, phase: 'reverted', boot: restart === 'device' ? boot : '' }
}

/** Whether an install can still be given up without trace. */
export function untouched(job: InstallJob): boolean {
  return job.phase === 'staging' || job.phase === 'proving'
}
