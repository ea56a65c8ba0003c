/** Runs the steps of set-up, build and tests: says what each does and how long it took, and what to do when it fails. */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { logs } from './places.mjs';

/** A failure that says what to do about it; shown to people without a stack. */
export class StepError extends Error {
  /**
   * @param {string} message what went wrong
   * @param {{advice?: string, log?: string}} [more] what to do now, and the log file to look into
   */
  constructor(message, { advice, log } = {}) {
    super(message);
    this.advice = advice;
    this.log = log;
  }
}

const color = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (color ? `\x1b[${code}m${text}\x1b[0m` : text);

/** Seconds as people read them. */
export function formatSeconds(ms) {
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/**
 * Runs one step and prints its name, what it does and how long it took.
 * @template T
 * @param {string} name
 * @param {string} what what it does, and how much of it
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(name, what, work) {
  const started = performance.now();
  console.log(`${paint('1;34', '▸')} ${paint('1', name)}  ${paint('2', what)}`);
  try {
    const value = await work();
    console.log(`  ${paint('32', 'done')} in ${formatSeconds(performance.now() - started)}`);
    return value;
  } catch (error) {
    console.log(`  ${paint('31', 'failed')} after ${formatSeconds(performance.now() - started)}`);
    throw error;
  }
}

/**
 * Runs a program with its output in a log file.
 * @param {string} log name of the log, without folder and ending
 * @param {string[]} command
 * @param {{cwd?: string, env?: Record<string, string>, advice?: string, append?: boolean}} [options]
 * @returns {Promise<void>} rejects with a StepError that carries the end of the log
 */
export async function runLogged(log, [program, ...args], { cwd, env, advice, append } = {}) {
  mkdirSync(logs, { recursive: true });
  const path = join(logs, `${log}.log`);
  const stream = createWriteStream(path, { flags: append ? 'a' : 'w' });
  stream.write(`$ ${[program, ...args].join(' ')}\n`);
  const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const source of [child.stdout, child.stderr]) {
    source.pipe(stream, { end: false });
    source.on('data', showProgress);
  }
  const problem = await new Promise((done) => {
    child.on('error', (error) => done(`${program} could not be started: ${error.message}`));
    child.on('close', (code, signal) => done(code === 0 ? null : `${program} ended with ${signal ?? `code ${code}`}`));
  });
  await new Promise((done) => stream.end(done));
  clearProgress();
  if (problem) throw new StepError(problem, { advice, log: path });
}

/** The last line of a running program, redrawn in place; only for people at a terminal. */
function showProgress(data) {
  const line = String(data)
    .trimEnd()
    .split(/[\r\n]/)
    .at(-1);
  if (color && line)
    process.stdout.write(`\r\x1b[2K  ${paint('2', line.slice(0, (process.stdout.columns ?? 80) - 4))}`);
}

function clearProgress() {
  if (color) process.stdout.write('\r\x1b[2K');
}

/**
 * Runs a program and returns what it prints.
 * @param {string[]} command
 * @param {{cwd?: string, env?: Record<string, string>, advice?: string}} [options]
 * @returns {Promise<string>}
 */
export async function output([program, ...args], { cwd, env, advice } = {}) {
  const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (err += data));
  const problem = await new Promise((done) => {
    child.on('error', (error) => done(error.message));
    child.on('close', (code, signal) => done(code === 0 ? null : `${signal ?? `code ${code}`}`));
  });
  if (problem) throw new StepError(`${[program, ...args].join(' ')}: ${problem}\n${err.trim()}`, { advice });
  return out;
}

/** Prints a failure: what it was, the end of its log, and what to do. */
export function explain(error) {
  console.error(`\n${paint('1;31', 'error')}  ${error instanceof StepError ? error.message : (error?.stack ?? error)}`);
  if (error?.log) {
    console.error(paint('2', tail(error.log, 40)));
    console.error(`The whole log: ${error.log}`);
  }
  if (error?.advice) console.error(`\n${paint('1', 'What to do:')} ${error.advice}`);
}

function tail(path, lines) {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/** Runs a command's main function; a failure is explained and becomes exit code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    explain(error);
    process.exitCode = 1;
  }
}

/**
 * Asks before the system is changed. Without a terminal there is nobody to ask and the answer is yes.
 * @param {string} question
 * @returns {Promise<boolean>}
 */
export async function confirm(question) {
  if (!process.stdin.isTTY || !process.stdout.isTTY || process.env.CI) return true;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question(`${question} [Y/n] `);
  asking.close();
  return !/^n/i.test(answer.trim());
}
