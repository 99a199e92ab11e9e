import type { Input, ProtocolHost } from '@sutler/device-model'

/** Keeps what the protocol calls back with, in order. */
export class RecordingHost implements ProtocolHost {
  readonly calls: { device: string; inputs: readonly Input[] }[] = []
  readonly outputs: { device: string; output: number; error: string | null }[] = []
  readonly reach: string[] = []
  /** What `inputs` does next; resolves with null for each by default. */
  take: (inputs: readonly Input[]) => Promise<(string | null)[]> = async (inputs) => inputs.map(() => null)

  inputs(device: string, inputs: readonly Input[]): Promise<(string | null)[]> {
    this.calls.push({ device, inputs })
    return this.take(inputs)
  }

  outputTaken(device: string, output: number, error: string | null): void {
    this.outputs.push({ device, output, error })
  }

  reachable(device: string): void {
    this.reach.push(`+${device}`)
  }

  unreachable(device: string): void {
    this.reach.push(`-${device}`)
  }
}
