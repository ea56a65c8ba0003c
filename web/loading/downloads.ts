/**
 * The files of a start: all asked for at once, counted as they arrive, fetched and compiled once a page.
 *
 * Pyodide and the engine ask for their files themselves, by `fetch` and `WebAssembly.instantiateStreaming`. While a
 * start runs, both go through here: a file on the list is handed over from its own download, and what the page has
 * already is not downloaded at all.
 */

import type { KeptFiles } from '../protocol/kept-files';
import { fetchSmallest } from './smallest';

type Load = { loaded: number; total: number };

/** The address of a response that is made here, and stands for a module that is compiled already. */
const moduleHeader = 'x-unroll-module';

/** What is known of a file before it comes. */
interface FileFacts {
  /** Its size. */
  bytes?: number;
  /** What travels of it where its host compresses. */
  packed?: number;
  /** Its checksum in hexadecimal: a file that has another one counts as not there. */
  sha256?: string;
}

interface Options {
  /** What the reader can do about a file that does not come. */
  advice?: string;
  /** Whether to report every chunk, which takes time of its own, or only whole files. */
  inSteps?: Promise<boolean>;
  /** Whether WebAssembly is kept as bytes too, for somebody else to compile. */
  uncompiled?: boolean;
}

export class Downloads {
  private readonly responses = new Map<string, Promise<Response>>();
  private readonly realFetch = globalThis.fetch;
  private readonly realInstantiate = WebAssembly.instantiateStreaming;
  private loaded = 0;
  private total = 0;
  private fail: (reason: unknown) => void = () => {};
  /** Whether a file could not be had. */
  failed = false;

  /** Never fulfils; rejects when a file cannot be had. Pyodide itself would wait for ever. */
  readonly failure = new Promise<never>((_, reject) => {
    this.fail = (reason) => {
      this.failed = true;
      reject(reason);
    };
  });

  /** `files` are those that the page has; new ones are added. `report` hears how much is here. */
  constructor(
    private readonly files: KeptFiles,
    private readonly report: (load: Load) => void,
    private readonly options: Options = {},
  ) {
    this.failure.catch(() => {});
  }

  /** Starts a download, unless the page has the file. */
  add(url: string, { bytes = 0, packed = bytes, sha256 = '' }: FileFacts = {}): void {
    if (this.files.has(url) || this.responses.has(url)) return;
    this.total += packed;
    const response = this.download(url, { bytes, packed, sha256 });
    response.catch(this.fail);
    this.responses.set(url, response);
  }

  /** The bytes of a file on the list that is no module. */
  async bytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
    await this.responses.get(url);
    return this.files.get(url) as Uint8Array<ArrayBuffer>;
  }

  /** Imports a script, which like the files has to come. */
  async script(url: string) {
    const kept = this.files.get(url);
    if (kept instanceof Uint8Array) return importBytes(kept);
    return import(/* @vite-ignore */ url).catch(() => {
      const problem = this.problem(url, 'could not be loaded');
      this.fail(problem);
      throw problem;
    });
  }

  /** Routes `fetch` and `instantiateStreaming` through this list until the function given back is called. */
  intercept(): () => void {
    globalThis.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const known = this.files.has(url) || this.responses.has(url);
      return known ? this.respond(url) : this.realFetch.call(globalThis, input, init);
    };
    WebAssembly.instantiateStreaming = async (source, imports) => {
      const module = await this.compile(await source).catch((error) => {
        this.fail(error);
        throw error;
      });
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    };
    return () => {
      globalThis.fetch = this.realFetch;
      WebAssembly.instantiateStreaming = this.realInstantiate;
    };
  }

  private async respond(url: string): Promise<Response> {
    const kept = this.files.get(url);
    const headers = { [moduleHeader]: url };
    if (kept) return new Response(kept instanceof WebAssembly.Module ? null : kept, { headers });
    const response = this.responses.get(url);
    this.responses.delete(url);
    return response ?? this.realFetch.call(globalThis, url);
  }

  private async download(url: string, { bytes, packed, sha256 }: Required<FileFacts>): Promise<Response> {
    const get = (address: string): Promise<Response> => this.realFetch.call(globalThis, address);
    const answer = await fetchSmallest(url, bytes, get).catch(() => null);
    if (!answer?.ok) throw this.problem(url, answer ? `answered ${answer.status}` : 'did not answer');
    const travels = Number(answer.headers.get('content-length')) || packed;
    this.total += travels - packed;
    const share = bytes > 0 ? travels / bytes : 1;
    const inSteps = (await this.options.inSteps) ?? true;
    if (isModule(url) && !this.options.uncompiled) {
      // The compiler needs the browser's own answer: with it goes the code that an earlier visit compiled.
      if (inSteps) void this.read(answer.clone(), share).catch(this.fail);
      else this.count(travels);
      return answer;
    }
    const body = inSteps ? await this.read(answer, share) : new Uint8Array(await answer.arrayBuffer());
    if (!inSteps) this.count(travels);
    // By hand, as far as the browser lets a page without TLS: `fetch` with a checksum tells nothing before it has all.
    if (sha256 && globalThis.crypto?.subtle && (await checksum(body)) !== sha256)
      throw this.problem(url, 'is not the file that its checksum means');
    this.files.set(url, body);
    return new Response(body);
  }

  /** What is wrong with a file, and what the reader can do. */
  problem(url: string, what: string): Error {
    return new Error(`${url} ${what}${this.options.advice ?? '. Check the connection, then press Run Code again.'}`);
  }

  private async compile(response: Response): Promise<WebAssembly.Module> {
    const url = response.headers.get(moduleHeader) ?? response.url;
    const kept = this.files.get(url);
    if (kept instanceof WebAssembly.Module) return kept;
    // A host that serves .wasm under another type is slower, not broken.
    const streams = response.headers.get('content-type')?.startsWith('application/wasm');
    const module = await (streams
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
    this.files.set(url, module);
    return module;
  }

  /** The body of a response, reported as it comes: of each of its bytes this `share` has travelled. */
  private async read(response: Response, share: number): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Uint8Array[] = [];
    const reader = response.body?.getReader();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || !value) break;
      if (this.options.uncompiled || !isModule(response.url)) chunks.push(value);
      this.count(value.length * share);
    }
    return joined(chunks);
  }

  private count(bytes: number): void {
    this.loaded += bytes;
    this.report({ loaded: Math.min(this.loaded, this.total), total: this.total });
  }
}

async function importBytes(script: Uint8Array<ArrayBuffer>) {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  return import(/* @vite-ignore */ url).finally(() => URL.revokeObjectURL(url));
}

const isModule = (url: string) => url.endsWith('.wasm');

/** SHA-256 in hexadecimal. */
async function checksum(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function joined(chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
