import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { subresourceIntegrity } from './vite.shared.ts';

// The portal, and two pages that share no framework with it and stay small: claims, and the check of receipts.
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
        receipt: resolve(import.meta.dirname, 'receipt/index.html'),
      },
    },
  },
  test: { include: ['test/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
