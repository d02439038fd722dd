import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { subresourceIntegrity } from './vite.shared.ts';

// Two pages: the portal, and the claim page, which shares no framework with it and stays small.
export default defineConfig({
  plugins: [react(), subresourceIntegrity()],
  define: { STANDALONE: 'false' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        portal: resolve(import.meta.dirname, 'index.html'),
        claim: resolve(import.meta.dirname, 'claim/index.html'),
      },
    },
  },
  test: { include: ['test/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
