/** Light or dark: as the system says, unless the reader chose. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'assay-theme';
const systemIsDark = () => window.matchMedia('(prefers-color-scheme: dark)');

let choice: ThemeChoice = 'system';
const listeners = new Set<() => void>();

/** The colours in use. */
export function currentTheme(): 'light' | 'dark' {
  if (choice !== 'system') {
    return choice;
  }
  return systemIsDark().matches ? 'dark' : 'light';
}

export function themeChoice(): ThemeChoice {
  return choice;
}

/** Sets data-theme of the document, now and whenever the system changes. Call once, before the first drawing. */
export function startTheme(): void {
  try {
    const stored = window.localStorage.getItem(KEY);
    choice = stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    // a browser that keeps nothing for this page: the system's theme then
  }
  systemIsDark().addEventListener('change', apply);
  apply();
}

export function chooseTheme(chosen: ThemeChoice): void {
  choice = chosen;
  try {
    if (chosen === 'system') {
      window.localStorage.removeItem(KEY);
    }
    if (chosen !== 'system') {
      window.localStorage.setItem(KEY, chosen);
    }
  } catch {
    // the choice holds until the page is closed
  }
  apply();
}

/** Calls the listener after each change of colours; returns what ends that. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function apply(): void {
  document.documentElement.dataset.theme = currentTheme();
  listeners.forEach((listener) => listener());
}
