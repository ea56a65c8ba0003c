import { LitElement, type PropertyDeclaration, type PropertyDeclarations } from 'lit';
import type { AuthorNote } from './author-notes';

/** Parts of a panel that `hide` takes away, and where each of them is. */
export const hideable = {
  header: '.bar',
  tab: '.tab',
  run: '.run',
  stop: '.stop',
  reset: '.reset',
  menu: '.more',
  editor: '.source',
  files: '.files',
  plot: '.live',
  output: '.result',
  status: '.status',
} as const;

/** What is to be said of the attribute that is being read: what reads it knows no panel. */
const misread: AuthorNote[] = [];

/** What an author writes into an attribute was not understood; the default holds. */
function warn(attribute: string, value: string, expected: string, used: string, meant = {}): void {
  misread.push({ words: `<unroll-panel ${attribute}="${value}">: expected ${expected}; ${used} is used.`, ...meant });
}

/** One of some words; the first is the default. */
function word(attribute: string, words: readonly string[]): PropertyDeclaration {
  const fromAttribute = (value: string | null) => {
    if (value === null) return words[0];
    const found = words.find((word) => word === value.trim().toLowerCase());
    const expected = words.map((word) => `"${word}"`).join(' or ');
    if (!found) warn(attribute, value, expected, `"${words[0]}"`, { written: value, known: words });
    return found ?? words[0];
  };
  return { attribute, reflect: true, useDefault: true, converter: { fromAttribute } };
}

/** A number above zero; null is the default. */
function number(attribute: string): PropertyDeclaration {
  const fromAttribute = (value: string | null) => {
    if (value === null) return null;
    const given = Number(value);
    if (value.trim() !== '' && Number.isFinite(given) && given > 0) return given;
    warn(attribute, value, 'a number above 0', 'no limit');
    return null;
  };
  return { attribute, converter: { fromAttribute } };
}

/** A whole number from 0 on. */
function seed(value: string | null): number | null {
  if (value === null || /^\d{1,15}$/.test(value.trim())) return value === null ? null : Number(value);
  warn('seed', value, 'a whole number', 'no seed');
  return null;
}

/** Yes or no: `x`, `x="true"` or `x="x"` say yes, `x="false"` says no. */
export function flag(attribute: string, standard: boolean): PropertyDeclaration {
  const fromAttribute = (value: string | null) => {
    if (value === null) return standard;
    const given = value.trim().toLowerCase();
    if (['', 'true', 'yes', '1', attribute].includes(given)) return true;
    if (['false', 'no', '0'].includes(given)) return false;
    warn(attribute, value, '"true" or "false"', `"${standard}"`);
    return standard;
  };
  const toAttribute = (value: boolean) => (value === standard ? null : String(value));
  return { attribute, reflect: true, useDefault: true, converter: { fromAttribute, toAttribute } };
}

/** Names of parts, apart by spaces. */
function parts(attribute: string): PropertyDeclaration {
  const known = Object.keys(hideable);
  const fromAttribute = (value: string | null) => {
    const unknown = wordsIn(value).filter((name) => !known.includes(name));
    const expected = `some of ${known.join(' ')}`;
    if (unknown.length > 0)
      warn(attribute, value ?? '', expected, 'what is known of it', { written: unknown[0], known });
    return value;
  };
  return { attribute, reflect: true, converter: { fromAttribute } };
}

/** The words of a list that has them apart by spaces or commas. */
export function wordsIn(list: string | null): string[] {
  return (list ?? '').split(/[\s,]+/).filter(Boolean);
}

/**
 * What an author can say of a panel: the attributes, by the names of their options for `mount`, which are those of the
 * properties (but for `files`). Whatever lists them takes them from here.
 */
export const attributeNames = {
  id: 'id',
  title: 'title',
  src: 'src',
  lang: 'lang',
  files: 'files',
  packages: 'packages',
  packagesUrl: 'packages-url',
  editable: 'editable',
  autorun: 'autorun',
  loading: 'loading',
  theme: 'theme',
  layout: 'layout',
  maxLines: 'max-lines',
  timeout: 'timeout',
  hide: 'hide',
  setup: 'setup',
  check: 'check',
  solution: 'solution',
  hint: 'hint',
  dependsOn: 'depends-on',
  persist: 'persist',
  seed: 'seed',
  stdin: 'stdin',
  isolated: 'isolated',
} as const;

const text = (attribute: string): PropertyDeclaration => ({ attribute, type: String });

/** What a course author can say of a panel besides its program: an attribute for each, and a property. */
export abstract class PanelOptions extends LitElement {
  static properties: PropertyDeclarations = {
    packages: text('packages'),
    packagesUrl: text('packages-url'),
    editable: flag('editable', true),
    autorun: flag('autorun', false),
    loading: word('loading', ['click', 'lazy', 'eager']),
    theme: word('theme', ['auto', 'light', 'dark']),
    layout: word('layout', ['stacked', 'side', 'compact']),
    maxLines: number('max-lines'),
    timeout: number('timeout'),
    hide: parts('hide'),
    setup: text('setup'),
    check: text('check'),
    solution: text('solution'),
    hint: text('hint'),
    dependsOn: text('depends-on'),
    persist: text('persist'),
    seed: { attribute: 'seed', converter: { fromAttribute: seed } },
  };

  /** Real packages for the program, apart by spaces or commas: names as in the index, or addresses of wheels. */
  declare packages: string | null;
  /** Folder with `pyodide-lock.json` and wheels to load real packages from, in place of Pyodide's own index. */
  declare packagesUrl: string | null;
  /** Whether the reader may change the program. */
  declare editable: boolean;
  /** Run the program by itself when the panel comes into view. */
  declare autorun: boolean;
  /** When Python is loaded: at the first run, when the panel comes near the view, or with the page. */
  declare loading: 'click' | 'lazy' | 'eager';
  /** 'auto' follows the page where it says, else the reader's system. */
  declare theme: 'auto' | 'light' | 'dark';
  /** 'side': output beside the editor where the panel is wide enough. 'compact': a snippet, whose one row of buttons is below it. */
  declare layout: 'stacked' | 'side' | 'compact';
  /** The most lines that the editor shows before it scrolls. */
  declare maxLines: number | null;
  /** Seconds after which a program is stopped. */
  declare timeout: number | null;
  /** Parts that are not shown, apart by spaces; see `hideable`. */
  declare hide: string | null;
  /** Hidden code before the program: code, `#id` of an element with it, or its address. */
  declare setup: string | null;
  /** The same after the program, which says whether it is right. */
  declare check: string | null;
  /** The same for a program that is right, which the reader may ask for. */
  declare solution: string | null;
  /** A hint in plain words, or `#id` of an element with one. */
  declare hint: string | null;
  /** Ids of panels whose session this one shares and which run before it, apart by spaces. */
  declare dependsOn: string | null;
  /** Keeps the reader's changes in their browser: a name for them, or '' for one by page and place; null keeps nothing. */
  declare persist: string | null;
  /** What `random.seed` and `torch.manual_seed` get before each run; null: random numbers as they come. */
  declare seed: number | null;

  /** Tells the author of the page what is wrong with it. */
  protected abstract tellAuthor(note: AuthorNote): void;

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    super.attributeChangedCallback(name, before, value);
    for (const note of misread.splice(0)) this.tellAuthor(note);
  }

  constructor() {
    super();
    this.editable = true;
    this.autorun = false;
    this.loading = 'click';
    this.theme = 'auto';
    this.layout = 'stacked';
    for (const name of ['maxLines', 'timeout', 'hide', 'seed', 'persist'] as const) this[name] = null as never;
    for (const name of ['setup', 'check', 'solution', 'hint', 'dependsOn'] as const) this[name] = null;
    this.packages = this.packagesUrl = null;
  }
}
