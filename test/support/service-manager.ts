import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What systemd is to a service: a datagram socket, and what was said on it. Perl, since Node has no such sockets. */
export interface ListeningManager {
  readonly socket: string
  /** In their order, one `NAME=value` each. */
  readonly heard: readonly string[]
  stop(): Promise<void>
}

const receiver = `
  use Socket; $| = 1;
  socket(my $s, PF_UNIX, SOCK_DGRAM, 0) or die; bind($s, pack_sockaddr_un($ARGV[0])) or die "$!";
  print "listening\\n";
  while (defined recv($s, my $text, 65536, 0)) { print "$text\\n" }`

export async function listeningManager(): Promise<ListeningManager> {
  const folder = await mkdtemp(join(tmpdir(), 'sutler-notify-'))
  const socket = join(folder, 'socket')
  const child = spawn('perl', ['-e', receiver, socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  await once(lines, 'line')
  const heard: string[] = []
  lines.on('line', (line) => heard.push(line))
  return {
    socket,
    heard,
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
