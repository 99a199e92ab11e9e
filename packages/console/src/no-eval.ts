// zod makes checks out of text where it may. Here it may not, and each try is told as a breach of the page's policy. Read when zod is loaded.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
