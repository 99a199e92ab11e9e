/** Keeps the agent small. Takes effect only when it is imported before anything else. */
import { setFlagsFromString } from 'node:v8'

// A small nursery: what a download allocates dies young, and would otherwise grow the heap by tens of megabytes.
setFlagsFromString('--max-semi-space-size=1')
// Two threads do the file system's and the hash's work of one agent; each more costs its own arena of the allocator.
process.env['UV_THREADPOOL_SIZE'] ??= '2'
