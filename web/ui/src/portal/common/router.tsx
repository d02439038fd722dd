import { useSyncExternalStore, type ReactNode } from 'react';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The place in the portal: `#/links?batch=bat_1` is path `/links` with a query. */
export function useRoute(): { path: string; query: URLSearchParams } {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const [path, query] = hash.replace(/^#/, '').split('?');
  return { path: path || '/', query: new URLSearchParams(query) };
}

export function go(path: string): void {
  location.hash = path;
}

export function To({ path, children, className }: { path: string; children: ReactNode; className?: string }) {
  return <a href={`#${path}`} className={className}>{children}</a>;
}
