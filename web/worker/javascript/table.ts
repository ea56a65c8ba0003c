import { show } from './format';

/** The text of `console.table(data)`. */
export function tableText(data: unknown, only?: string[]): string {
  const shaped = data as { tolist?: () => unknown };
  const value = typeof shaped?.tolist === 'function' ? shaped.tolist() : data;
  if (typeof value !== 'object' || value === null) return show(value);
  const entries: [string, unknown][] =
    value instanceof Map ? [...value].map(([key, item]) => [String(key), item]) : Object.entries(value);
  const columns = new Set<string>();
  let hasValues = false;
  for (const [, row] of entries) {
    if (typeof row === 'object' && row !== null) for (const key of Object.keys(row)) columns.add(key);
    else hasValues = true;
  }
  const names = only ?? [...columns];
  const head = ['(index)', ...names, ...(hasValues ? ['Values'] : [])];
  const rows = entries.map(([key, row]) => {
    const fields = typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : null;
    const cells = names.map((name) => (fields && name in fields ? show(fields[name], 0) : ''));
    return [key, ...cells, ...(hasValues ? [fields ? '' : show(row, 0)] : [])];
  });
  return framed([head, ...rows]);
}

function framed(rows: string[][]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const line = (row: string[]) => `│ ${row.map((cell, i) => cell.padEnd(widths[i])).join(' │ ')} │`;
  const [head, ...body] = rows.map(line);
  return [rule('┌', '┬', '┐'), head, rule('├', '┼', '┤'), ...body, rule('└', '┴', '┘')].join('\n');
}
