// One bundle for offices: Chromium 86 and later, every byte from our own server, nothing inline (strict CSP).
import { fileURLToPath, URL } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// What the server sends with every page (src/platform/api/problem.cpp); browser tests of the page run under it.
export const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob: data:", "font-src 'self'", "connect-src 'self'",
  "manifest-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'",
].join('; ');

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': here('./src'), '@messages': here('../messages') } },
  server: {
    port: 5173,
    fs: { allow: [here('..')] },
    proxy: { '/api': process.env.ANBAN ?? 'http://127.0.0.1:8080' },
  },
  preview: { headers: { 'Content-Security-Policy': contentSecurityPolicy } },
  build: {
    target: 'chrome86',
    cssTarget: 'chrome86',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    // The grid's own page for browser tests is built only when asked for.
    rollupOptions: {
      input: process.env.ANBAN_HARNESS
        ? { index: here('./index.html'), harness: here('./harness/grid.html'), marks: here('./harness/marks.html') }
        : { index: here('./index.html') },
    },
    outDir: process.env.ANBAN_HARNESS ?? 'dist',
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
});
