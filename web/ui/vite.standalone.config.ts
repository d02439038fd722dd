import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** Puts script and style into the page itself, allowed by their hashes, so that it works as one saved file. */
function oneFile(): Plugin {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const html = files.find((f) => f.type === 'asset' && f.fileName.endsWith('.html'));
      const script = files.find((f) => f.type === 'chunk');
      const style = files.find((f) => f.type === 'asset' && f.fileName.endsWith('.css'));
      if (html?.type !== 'asset' || script?.type !== 'chunk' || style?.type !== 'asset' || files.length !== 3) {
        throw new Error(`one page, one script and one style sheet were expected, not ${files.map((f) => f.fileName)}`);
      }
      const code = script.code.replaceAll('</script', '<\\/script').trim();
      const css = String(style.source).trim();
      html.source = String(html.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, '')
        .replace(/\s*<link rel="stylesheet"[^>]*>/, () => `<style>${css}</style>`)
        .replace('</body>', () => `<script type="module">${code}</script></body>`)
        .replace(/script-src 'self'/, `script-src ${hash(code)}`)
        .replace(/style-src 'self'/, `style-src ${hash(css)}`)
        // Its holder chooses the node; that is the only thing it talks to.
        .replace(/connect-src 'self'/, 'connect-src https: http://127.0.0.1:* http://localhost:*');
      html.fileName = 'claim/walnut-claim.html';
      for (const name of Object.keys(bundle)) {
        if (bundle[name] !== html) {
          delete bundle[name];
        }
      }
    },
  };
}

export default defineConfig({
  plugins: [oneFile()],
  define: { STANDALONE: 'true' },
  build: {
    target: 'es2022',
    modulePreload: false,
    emptyOutDir: false,
    rollupOptions: { input: resolve(import.meta.dirname, 'claim/index.html') },
  },
});
