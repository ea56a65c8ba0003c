import { recall, remember } from './storage';

export type Theme = 'auto' | 'light' | 'dark';

const place = 'theme';
const pageColours = { light: '#eef1ee', dark: '#0e1113' };
/** What each is called, and the one that follows. */
const order: Theme[] = ['auto', 'light', 'dark'];
export const themeNames: Record<Theme, string> = { auto: 'as the system', light: 'light', dark: 'dark' };

/** The reader's choice of colours for the page and its panels. early-theme.js has applied it to the page before it was drawn. */
export class ThemeSwitch {
  theme: Theme = order.find((name) => name === recall(place)) ?? 'auto';

  /** `onChange` hears of the choice, now and when it changes. */
  constructor(private readonly onChange: (theme: Theme) => void) {
    this.set(this.theme);
  }

  get next(): Theme {
    return order[(order.indexOf(this.theme) + 1) % order.length];
  }

  set(theme: Theme): void {
    this.theme = theme;
    remember(place, theme === 'auto' ? null : theme);
    document.documentElement.style.colorScheme = theme === 'auto' ? '' : theme;
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
      const own = meta.media.includes('dark') ? 'dark' : 'light';
      meta.content = pageColours[theme === 'auto' ? own : theme];
    }
    this.onChange(theme);
  }
}
