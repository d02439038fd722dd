import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** Adds the SHA-384 of each script and style sheet to the pages that load them. */
export function subresourceIntegrity(): Plugin {
  return {
    name: 'subresource-integrity',
    enforce: 'post',
    generateBundle(_, bundle) {
      const hashes = new Map<string, string>();
      for (const file of Object.values(bundle)) {
        const content = file.type === 'chunk' ? file.code : file.source;
        hashes.set(`/${file.fileName}`, `sha384-${createHash('sha384').update(content).digest('base64')}`);
      }
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.html')) {
          file.source = String(file.source).replace(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+)"/g, (tag, url: string) =>
            /rel="icon"/.test(tag) || !hashes.has(url) ? tag : `${tag} integrity="${hashes.get(url)}"`);
        }
      }
    },
  };
}
