/**
 * A reporter for node --test: shows failures and diagnostics, and writes {passed, failed, skipped} as JSON to the file that
 * UNROLL_COUNTS names. A file without a test in it counts as a failure, unless tests were chosen by title (UNROLL_TITLES).
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect } from 'node:util';

export default async function* report(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const printed = new Map();
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr')
      printed.set(data.file, (printed.get(data.file) ?? '') + data.message);
    else if (type === 'test:diagnostic' && data.file) yield `  ${data.message}\n`;
    else if (type === 'test:pass' || type === 'test:fail') yield* count(type === 'test:pass', data, counts, printed);
  }
  writeFileSync(process.env.UNROLL_COUNTS, JSON.stringify(counts));
}

function* count(passed, data, counts, printed) {
  const wholeFile = data.name === data.file;
  const chosen = process.env.UNROLL_TITLES === '1';
  if (chosen && (wholeFile ? passed : /does not match pattern/.test(data.skip))) return;
  const where = relative(process.cwd(), data.file ?? '');
  if (wholeFile && passed) {
    counts.failed++;
    yield `✗ ${where}: has no tests\n`;
  } else if (data.skip !== undefined || data.todo !== undefined) {
    counts.skipped++;
    yield `- ${data.name} (skipped${typeof data.skip === 'string' ? `: ${data.skip}` : ''})\n`;
  } else if (data.details?.type === 'suite') {
    // Its tests are counted one by one; a suite fails by itself only where a hook of it does.
    if (!passed && data.details.error?.failureType === 'hookFailed') yield* failure(data, where, counts);
  } else if (passed) {
    counts.passed++;
  } else if (data.details?.error?.failureType !== 'subtestsFailed') {
    yield* failure(data, where, counts);
    if (wholeFile) yield `${printed.get(data.file) ?? ''}\n`;
  }
}

function* failure(data, where, counts) {
  counts.failed++;
  const error = data.details?.error;
  yield `✗ ${data.name}  (${where}:${data.line ?? 1})\n`;
  yield `${inspect(error?.cause ?? error).replace(/^/gm, '    ')}\n`;
}
