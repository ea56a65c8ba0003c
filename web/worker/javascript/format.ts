// Values as text, as Node shows them.

const inspect = Symbol.for('nodejs.util.inspect.custom');
/** Objects inside objects are shown so deep; further ones as [Object]. */
const deepest = 2;
const mostItems = 100;
const width = 76;

/** The text of `console.log(…)`: with %s, %d, %i, %f, %j, %o, %O and %c in a first text. */
export function format(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== 'string') return values.map(top).join(' ');
  const text = first.replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === '%%') return '%';
    if (rest.length === 0) return mark;
    return filled(mark, rest.shift());
  });
  return [text, ...rest.map(top)].join(' ');
}

function filled(mark: string, value: unknown): string {
  if (mark === '%c') return '';
  if (mark === '%s') return typeof value === 'object' ? show(value, 0) : String(value);
  if (mark === '%d') return String(Number(value));
  if (mark === '%i') return String(Number.parseInt(String(value), 10));
  if (mark === '%f') return String(Number.parseFloat(String(value)));
  return mark === '%j' ? JSON.stringify(value) : show(value);
}

const top = (value: unknown) => (typeof value === 'string' ? value : show(value));

/** A value as the console shows it; `depth` is how many levels are left. */
export function show(value: unknown, depth = deepest, seen: readonly object[] = []): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'symbol') return value.toString();
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return String(value);
  if (seen.includes(value)) return '[Circular *1]';
  try {
    return showObject(value, depth, [...seen, value]);
  } catch {
    return '[Object]';
  }
}

function quoted(text: string): string {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : '`';
  return mark + JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"') + mark;
}

function showObject(value: object, depth: number, seen: readonly object[]): string {
  const own = (value as Record<symbol, unknown>)[inspect];
  if (typeof own === 'function') return indented(String(own.call(value)));
  if (value instanceof Error) return errorText(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (typeof value === 'function') return functionText(value);
  if (value instanceof Promise) return 'Promise { … }';
  const name = nameOf(value);
  if (depth < 0) return Array.isArray(value) ? '[Array]' : `[${name || 'Object'}]`;
  const inside = (item: unknown) => show(item, depth - 1, seen);
  if (Array.isArray(value))
    return list(name === 'Array' ? '' : `${name}(${value.length}) `, '[]', itemsOf(value, inside));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return list(
      `${name}(${(value as Uint8Array).length}) `,
      '[]',
      itemsOf(value as unknown as ArrayLike<unknown>, inside),
    );
  if (value instanceof Map)
    return list(
      `Map(${value.size}) `,
      '{}',
      some([...value], ([key, item]) => `${inside(key)} => ${inside(item)}`),
    );
  if (value instanceof Set) return list(`Set(${value.size}) `, '{}', some([...value], inside));
  const fields = some(Object.keys(value), (key) => `${keyText(key)}: ${fieldText(value, key, inside)}`);
  return list(name === 'Object' ? '' : `${name || '[Object: null prototype]'} `, '{}', fields);
}

function fieldText(value: object, key: string, inside: (item: unknown) => string): string {
  const { get, set } = Object.getOwnPropertyDescriptor(value, key) ?? {};
  if (get || set) return get && set ? '[Getter/Setter]' : get ? '[Getter]' : '[Setter]';
  return indented(inside((value as Record<string, unknown>)[key]));
}

const nameOf = (value: object): string => Object.getPrototypeOf(value)?.constructor?.name ?? '';
const keyText = (key: string) => (/^[\w$]+$/.test(key) && !/^\d+\w/.test(key) ? key : quoted(key));
/** Of a value in several lines. */
const indented = (text: string) => text;

function functionText(value: object): string {
  const { name } = value as { name: string };
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  if (isClass) return `[class ${name || '(anonymous)'}]`;
  return name ? `[Function: ${name}]` : '[Function (anonymous)]';
}

function errorText(error: Error): string {
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at |@/.test(line) && !line.includes('/assets/'));
  const head = `${error.name}${error.message ? `: ${error.message}` : ''}`;
  const own = places.map((line) => line.replace(/blob:\S+?:(\d+:\d+)/, 'main.js:$1').trimStart());
  return [head, ...own.map((line) => `    ${line}`)].join('\n');
}

function some<T>(items: readonly T[], text: (item: T) => string): string[] {
  const shown = items.slice(0, mostItems).map(text);
  const more = items.length - shown.length;
  return more > 0 ? [...shown, `... ${more} more item${more > 1 ? 's' : ''}`] : shown;
}

const itemsOf = (items: ArrayLike<unknown>, text: (item: unknown) => string) => {
  const shown = some(
    Array.from({ length: Math.min(items.length, mostItems) }, (_, i) => items[i]),
    text,
  );
  const more = items.length - mostItems;
  return more > 0 ? [...shown, `... ${more} more item${more > 1 ? 's' : ''}`] : shown;
};

/** `[ a, b ]` on one line where it fits, else an item, or a row of short ones, a line. */
function list(prefix: string, [open, close]: string, items: string[]): string {
  if (items.length === 0) return `${prefix}${open}${close}`;
  const line = `${prefix}${open} ${items.join(', ')} ${close}`;
  if (line.length <= width && !line.includes('\n') && items.length <= 6) return line;
  const isShort = items.length > 6 && items.every((item) => item.length <= 16 && !item.includes('\n'));
  if (!isShort && line.length <= width && !line.includes('\n')) return line;
  const rows = isShort ? inRows(items) : items.map((item) => item.replaceAll('\n', '\n  '));
  return `${prefix}${open}\n  ${rows.join(',\n  ')}\n${close}`;
}

/** Short items side by side, aligned. */
function inRows(items: string[]): string[] {
  const widest = Math.max(...items.map((item) => item.length));
  const columns = Math.max(1, Math.min(Math.floor(width / (widest + 2)), Math.ceil(Math.sqrt(2.5 * items.length)), 15));
  const isNumeric = items.every((item) => /^-?[\d.]|^NaN|^-?Infinity|^\.\.\./.test(item));
  const pad = (item: string) => (isNumeric ? item.padStart(widest) : item);
  const rows: string[] = [];
  for (let i = 0; i < items.length; i += columns)
    rows.push(
      items
        .slice(i, i + columns)
        .map(pad)
        .join(', '),
    );
  return rows;
}
