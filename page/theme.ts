/** Light or dark: as the system has it, until somebody chooses. */
import { find } from './dom.ts';

export function setUpTheme(changed: () => void): void {
  const button = find('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const isDark = (): boolean => (root.dataset['theme'] ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const update = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    changed();
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark';
    update();
  });
  system.addEventListener('change', update);
  update();
}
