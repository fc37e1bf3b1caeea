// Builds the console into dist/console: hashed files, nothing inlined, so that the strict content security policy of
// the server holds without an exception.
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompress } from './precompress.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [react(), tailwindcss(), precompress()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Oldest engines that know light-dark() and <dialog>; older ones get a page that still reads.
    target: ['chrome125', 'firefox128', 'safari18'],
  },
})
