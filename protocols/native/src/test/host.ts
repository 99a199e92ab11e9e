import type { Input, ProtocolHost, QueuedOutput } from '@sutler/device-model'

/** Keeps what the protocol calls back with, in order. */
export class RecordingHost implements ProtocolHost {
  readonly calls: { device: string; inputs: readonly Input[] }[] = []
  readonly taken: { device: string; output: number; error: string | null }[] = []
  readonly reach: string[] = []
  /** What `inputs` does next; resolves with null for each by default. */
  take: (inputs: readonly Input[]) => Promise<(string | null)[]> = async (inputs) => inputs.map(() => null)

  inputs(device: string, inputs: readonly Input[]): Promise<(string | null)[]> {
    this.calls.push({ device, inputs })
    return this.take(inputs)
  }

  outputTaken(device: string, output: number, error: string | null): void {
    this.taken.push({ device, output, error })
  }

  reachable(device: string): void {
    this.reach.push(`+${device}`)
  }

  unreachable(device: string): void {
    this.reach.push(`-${device}`)
  }

  // The native protocol asks for none of these: its devices are authenticated by the transport, and fetch files by links.
  outputs = (): Promise<QueuedOutput[]> => unexpected()
  seen = (): void => void unexpected()
  authenticate = unexpected
  secret = unexpected
  manifest = unexpected
  fileFacts = unexpected
  openFile = unexpected
  recall = unexpected
  remember = unexpected
}

function unexpected(): never {
  throw new Error('the native protocol called the host for what it does not need')
}
