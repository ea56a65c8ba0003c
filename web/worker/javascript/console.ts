// `console` writes into the output of the panel: what Node would write to stdout and stderr.

import type { TextPart } from '../../protocol/messages';
import type { OutputSink } from '../output';
import { format, show } from './format';
import { tableText } from './table';

/** How much of what a program prints is kept for a check. */
const kept = 10_000_000;

/** Lets `console` write to a sink; `look` may end the program before it does. Gives a function that tells what went to stdout, where that is to be recorded. */
export function connectConsole(sink: OutputSink, record: boolean, look: () => void): () => string {
  let printed = '';
  let indent = '';
  const counts = new Map<string, number>();
  const starts = new Map<string, number>();
  const write = (kind: TextPart['kind'], text: string) => {
    look();
    const lines = `${indent ? text.replace(/^/gm, indent) : text}\n`;
    if (record && kind === 'stdout' && printed.length < kept) printed += lines;
    sink.text(kind, lines);
  };
  const out = (...values: unknown[]) => write('stdout', format(values));
  const err = (...values: unknown[]) => write('stderr', format(values));
  const took = (label: string) => {
    const began = starts.get(label);
    return began === undefined
      ? `Timer '${label}' does not exist`
      : `${label}: ${(performance.now() - began).toFixed(3)} ms`;
  };
  Object.assign(console, {
    log: out,
    info: out,
    debug: out,
    warn: err,
    error: err,
    dir: (value: unknown) => out(show(value)),
    dirxml: out,
    table: (data: unknown, columns?: string[]) => out(tableText(data, columns)),
    trace: (...values: unknown[]) => err('Trace:', ...values),
    assert: (condition: unknown, ...values: unknown[]) => {
      if (!condition) err('Assertion failed', ...(values.length > 0 ? [':', ...values] : []));
    },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      out(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = 'default') => counts.delete(label),
    group: (...values: unknown[]) => {
      if (values.length > 0) out(...values);
      indent += '  ';
    },
    groupCollapsed: (...values: unknown[]) => console.group(...values),
    groupEnd: () => {
      indent = indent.slice(2);
    },
    time: (label = 'default') => starts.set(label, performance.now()),
    timeLog: (label = 'default', ...values: unknown[]) => out(took(label), ...values),
    timeEnd: (label = 'default') => {
      out(took(label));
      starts.delete(label);
    },
    clear: () => {},
  });
  return () => printed;
}
