import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'

export default defineConfig({
  base: '/console/',
  plugins: [react(), compressed()],
  // The hub puts a new one into each page that it serves (hub/src/platform/http/console.ts).
  html: { cspNonce: '{{nonce}}' },
  build: {
    target: 'es2023',
    // A fetched `data:` address would need a hole in the policy of the page.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
})
