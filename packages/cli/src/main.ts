#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Half of a command's time would go into reading the program anew.
enableCompileCache()
await import('./run.ts')
