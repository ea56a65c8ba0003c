import { html, nothing, render, type TemplateResult } from 'lit';
import { pickVariant } from '../../wasm-bindings/js/engine.mjs';
import type { RunResult } from '../panel/run-controller';
import type { UnrollPanel } from '../panel/unroll-panel';
import { duration, fileSize } from '../ui/words';

interface Memory {
  engine: number;
  python: number;
}

const builds = { relaxed: 'relaxed SIMD', simd: 'SIMD' };

/** The line at the foot of the page: engine build, memory in use, the last run's time, and what `more` adds. */
export class StatusLine {
  private engine = '';
  private memory: Memory | null = null;
  private last: RunResult | null = null;

  constructor(
    private readonly place: HTMLElement,
    private readonly panel: UnrollPanel,
    private readonly more: () => TemplateResult | typeof nothing,
  ) {
    pickVariant().then(
      (variant) => this.tell({ engine: builds[variant] }),
      () => this.tell({ engine: 'none: this browser has no WebAssembly SIMD' }),
    );
    panel.addEventListener('unroll-done', (event) => {
      this.tell({ last: (event as CustomEvent<RunResult>).detail });
      // The panel shows its result first.
      setTimeout(() => void this.askMemory(), 50);
    });
    panel.addEventListener('unroll-ready', () => setTimeout(() => void this.askMemory(), 50));
    this.draw();
  }

  draw(): void {
    render(this.template(), this.place);
  }

  private tell(news: Partial<Record<'engine' | 'memory' | 'last', unknown>>): void {
    Object.assign(this, news);
    this.draw();
  }

  private async askMemory(): Promise<void> {
    const answer = await this.panel.runtime.ask({ kind: 'memory' });
    if (answer) this.tell({ memory: answer.json as Memory });
  }

  private template(): TemplateResult {
    const { engine, memory, last } = this;
    const parts = memory
      ? `engine ${fileSize(memory.engine)}, Python ${fileSize(memory.python)}`
      : 'nothing loaded yet';
    return html`
      ${engine ? this.item('Engine', engine) : nothing}
      ${this.item('Memory', memory ? fileSize(memory.engine + memory.python) : '–', parts)}
      ${this.item('Last run', last ? `${last.status === 'stopped' ? 'stopped after ' : ''}${duration(last.seconds)}` : '–')}
      ${this.more()}
    `;
  }

  private item(name: string, value: string, title = ''): TemplateResult {
    return html`<li title=${title || nothing}><span class="name">${name}</span> ${value}</li>`;
  }
}
