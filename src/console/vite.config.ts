import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'
import { compressed } from './vite/compressed.ts'
import { devIndex } from './vite/dev-index.ts'

const GATEWAY = loadEnv('', import.meta.dirname, 'HCA_DEV_').HCA_DEV_GATEWAY ?? 'http://127.0.0.1:8002'

/** Under the gateway's policy nothing inline runs, so nothing inline is written. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react(), devIndex(GATEWAY), compressed()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The licences of what is bundled ask to travel along; so no comment need carry them.
    license: { fileName: 'LICENSES.txt' },
    rolldownOptions: { output: { comments: { legal: false } } },
  },
  server: {
    proxy: {
      '^/(?!console(/|$))': {
        target: GATEWAY,
        changeOrigin: true,
        // The page's own origin is this server's, which the gateway does not know.
        configure: (proxy) => void proxy.on('proxyReq', (request) => request.removeHeader('origin')),
      },
    },
  },
})
