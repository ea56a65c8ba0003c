/**
 * The files of a start: all asked for at once, counted as they arrive, compiled once a page.
 *
 * Pyodide and the engine ask for their files themselves, by `fetch` and `WebAssembly.instantiateStreaming`. While a
 * start runs, both go through here: a file on the list is handed over from its own download, a module that the page
 * already has compiled is not downloaded at all.
 */

type Load = { loaded: number; total: number };

export class Downloads {
  private readonly responses = new Map<string, Promise<Response>>();
  private readonly realFetch = globalThis.fetch;
  private readonly realInstantiate = WebAssembly.instantiateStreaming;
  private loaded = 0;
  private total = 0;
  private fail: (reason: unknown) => void = () => {};

  /** Never fulfils; rejects when a file cannot be had. Pyodide itself would wait for ever. */
  readonly failure = new Promise<never>((_, reject) => {
    this.fail = reject;
  });

  /** `modules` are compiled modules by address; new ones are added. `report` hears of every chunk. */
  constructor(
    private readonly modules: Map<string, WebAssembly.Module>,
    private readonly report: (load: Load) => void,
  ) {
    this.failure.catch(() => {});
  }

  /** Starts a download of `bytes` bytes (unpacked). Does nothing for a module that is there already. */
  add(url: string, bytes: number): void {
    if (this.modules.has(url) || this.responses.has(url)) return;
    this.total += bytes;
    const response = this.realFetch.call(globalThis, url).then((answer) => {
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      this.count(answer.clone());
      return answer;
    });
    response.catch(this.fail);
    this.responses.set(url, response);
  }

  /** The bytes of a file on the list. */
  async bytes(url: string): Promise<Uint8Array> {
    const response = await this.take(url);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Routes `fetch` and `instantiateStreaming` through this list until the function given back is called. */
  intercept(): () => void {
    globalThis.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (this.modules.has(url)) return Promise.resolve(placeholder(url));
      return this.responses.has(url) ? this.take(url) : this.realFetch.call(globalThis, input, init);
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

  private take(url: string): Promise<Response> {
    const response = this.responses.get(url);
    if (!response) return this.realFetch.call(globalThis, url);
    this.responses.delete(url);
    return response;
  }

  private async compile(response: Response): Promise<WebAssembly.Module> {
    const url = response.headers.get(placeholderHeader) ?? response.url;
    const known = this.modules.get(url);
    if (known) return known;
    // A host that serves .wasm under another type is slower, not broken.
    const streams = response.headers.get('content-type')?.startsWith('application/wasm');
    const module = await (streams
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
    this.modules.set(url, module);
    return module;
  }

  private async count(copy: Response): Promise<void> {
    const reader = copy.body?.getReader();
    if (!reader) return;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.loaded += value.length;
      this.report({ loaded: Math.min(this.loaded, this.total), total: this.total });
    }
  }
}

const placeholderHeader = 'x-unroll-module';

/** Stands for a module that is compiled already: only its address travels. */
function placeholder(url: string): Response {
  return new Response(null, { headers: { [placeholderHeader]: url, 'content-type': 'application/wasm' } });
}
