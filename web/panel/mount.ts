import { attributeNames } from './options';
import type { FileContent } from './panel-files';
import type { UnrollPanel } from './unroll-panel';

/** What `mount` takes: the element's properties, of which the attributes are the same in other letters. */
export interface MountOptions {
  /** The program; without it, and without `src`, the text of the element that it is mounted in. */
  code?: string;
  /** Address of the program, relative to the page. */
  src?: string;
  /** What programs can `open()`: contents by name, or addresses as the attribute `files` has them. */
  files?: Record<string, FileContent> | Map<string, FileContent> | string[];
  /** Real packages. */
  packages?: string | string[];
  packagesUrl?: string;
  lang?: string;
  editable?: boolean;
  autorun?: boolean;
  loading?: 'click' | 'lazy' | 'eager';
  theme?: 'auto' | 'light' | 'dark';
  layout?: 'stacked' | 'side' | 'compact';
  maxLines?: number | null;
  timeout?: number | null;
  hide?: string | string[];
  setup?: string;
  check?: string;
  solution?: string;
  hint?: string;
  dependsOn?: string | string[];
  persist?: boolean | string;
  /** For code that the author did not choose. */
  isolated?: boolean;
  /** What `input()` reads where it cannot ask. */
  stdin?: string;
  /** The same random numbers in each run. */
  seed?: number;
  id?: string;
  /** What stands over the panel. */
  title?: string;
}

/** The attribute of an option. */
const names: Record<Exclude<keyof MountOptions, 'code'>, string> = attributeNames;
const known = ['code', ...Object.keys(names)];
/** Options that keep more as properties than an attribute can say. */
const properties = ['code', 'files', 'isolated', 'stdin', 'seed'];

/**
 * Puts a panel into an element, in place of what is in it; a `<pre>` is wrapped in the panel instead, as its program.
 * `element` may be a CSS selector. Returns the panel. Throws TypeError where there is no such element, or an option
 * that there is not.
 */
export function mount(element: Element | string, options: MountOptions = {}): UnrollPanel {
  const target = typeof element === 'string' ? document.querySelector(element) : element;
  if (!(target instanceof Element))
    throw new TypeError(`mount: expected an element or a selector of one, got ${JSON.stringify(element) ?? element}`);
  const panel = document.createElement('unroll-panel');
  for (const [name, value] of Object.entries(options)) give(panel, name, value);
  if (target instanceof HTMLPreElement) {
    target.replaceWith(panel);
    panel.append(target);
  } else {
    if (options.code === undefined && !options.src) panel.append(...target.childNodes);
    target.replaceChildren(panel);
  }
  return panel;
}

function give(panel: UnrollPanel, name: string, value: unknown): void {
  if (!known.includes(name)) throw new TypeError(`mount: there is no option "${name}". There are ${known.join(', ')}.`);
  if (value === undefined || value === null) return;
  const text = Array.isArray(value) ? value.join(' ') : String(value);
  if (properties.includes(name) && !Array.isArray(value)) Object.assign(panel, { [name]: value });
  else panel.setAttribute(names[name as keyof typeof names], text);
}
