#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Half of a command's time would go into reading the program anew. The user's own directory: what is found there is run.
const { XDG_CACHE_HOME, HOME } = process.env
const caches = XDG_CACHE_HOME || (HOME && join(HOME, '.cache'))
if (caches) enableCompileCache(join(caches, 'sutler'))
await import('./run.ts')
