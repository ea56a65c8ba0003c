import { saveFile } from '../ui/save-file';

type Cell = string | number | null | undefined;

/** Hands rows of values to the reader as a CSV file, the first row being the names of its columns. */
export function saveCsv(file: string, rows: Cell[][]): void {
  saveFile(file, rows.map((row) => `${row.map(quoted).join(',')}\n`).join(''), 'text/csv');
}

function quoted(cell: Cell): string {
  const text = String(cell ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
