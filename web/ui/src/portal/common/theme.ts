import { useEffect, useState } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'walnut.theme';
const DARK_CLASS = 'pf-v6-theme-dark';
const system = window.matchMedia('(prefers-color-scheme: dark)');

function apply(theme: Theme): void {
  document.documentElement.classList.toggle(DARK_CLASS, theme === 'dark' || (theme === 'system' && system.matches));
}

/** Light, dark, or as the system is; kept for the next visit. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => (localStorage.getItem(KEY) as Theme | null) ?? 'system');
  useEffect(() => {
    const follow = () => apply(theme);
    follow();
    localStorage.setItem(KEY, theme);
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [theme]);
  return [theme, setTheme];
}
