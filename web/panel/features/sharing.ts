import { html, nothing, type TemplateResult } from 'lit';
import type { Job } from '../../protocol/job';
import { icons } from '../../ui/icons';
import type { Feature, PanelAction } from '../feature';
import type { PanelHost } from '../host';

type Steps = import('../../share/share-steps').ShareSteps;

/** Links, downloads and programs from the reader's disk. */
export class Sharing implements Feature {
  /** What the last action has to say. */
  private result: TemplateResult | null = null;

  constructor(private readonly panel: PanelHost) {}

  actions(): PanelAction[] {
    const { panel } = this;
    const isPython = () => panel.lang === 'python';
    const hasSeed = () => panel.seed !== null;
    return [
      {
        id: 'copy-link',
        label: 'Copy link to this program',
        group: 'share',
        run: () => this.step((steps) => steps.copyLink()),
      },
      {
        id: 'open-program',
        label: 'Open a program or notebook',
        group: 'file',
        available: () => panel.editable,
        run: () => this.open(),
      },
      {
        id: 'download-program',
        label: `Download ${panel.programName}`,
        group: 'file',
        run: () => this.step((steps) => steps.download()),
      },
      {
        id: 'download-notebook',
        label: 'Download as notebook (.ipynb)',
        group: 'file',
        available: isPython,
        run: () => this.step((steps) => steps.downloadNotebook()),
      },
      {
        id: 'download-pt',
        label: 'Download weights (.pt)',
        group: 'file',
        run: () => this.step((steps) => steps.offerWeights('pt')),
      },
      {
        id: 'download-safetensors',
        label: 'Download weights (.safetensors)',
        group: 'file',
        run: () => this.step((steps) => steps.offerWeights('safetensors')),
      },
      {
        id: 'seed',
        label: 'Same random numbers in each run',
        group: 'file',
        available: () => !hasSeed(),
        run: () => this.setSeed(0),
      },
      {
        id: 'no-seed',
        label: 'New random numbers in each run',
        group: 'file',
        available: hasSeed,
        run: () => this.setSeed(null),
      },
    ];
  }

  notice(): unknown {
    return this.result ?? nothing;
  }

  beforeRun(job: Job): void {
    job.seed = this.panel.seed;
  }

  /** Takes what the reader dropped or chose, where it is a program of another name or a notebook. */
  takeProgram(file: File): Promise<void> {
    return this.step((steps) => steps.takeProgram(file));
  }

  onReset(): void {
    this.result = null;
  }

  private say(notice: TemplateResult | null): void {
    const close = () => {
      this.say(null);
      this.panel.renderRoot.querySelector<HTMLElement>('.more')?.focus();
    };
    this.result =
      notice &&
      html`
      <div class="notice" part="notice" role="status">
        ${notice}
        <button type="button" class="ghost" aria-label="Close this message" @click=${close}>${icons.remove}</button>
      </div>
    `;
    this.panel.requestUpdate();
  }

  /** Does something that is loaded when a reader asks for it. */
  private async step(act: (steps: Steps) => void | Promise<void>): Promise<void> {
    const loaded = await import('../../share/share-steps').catch(() => null);
    if (!loaded) {
      this.say(html`<p>A part of the panel could not be loaded. Check the connection and try again.</p>`);
      return;
    }
    try {
      await act(new loaded.ShareSteps(this.panel, (notice) => this.say(notice)));
    } catch (error) {
      this.say(html`<p>${(error as Error).message}</p>`);
    }
  }

  /** At once: the browser opens its window only while it sees the reader's press. */
  private open(): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = this.panel.lang === 'javascript' ? '.js,.mjs,text/javascript' : '.py,.ipynb,text/x-python';
    input.addEventListener('change', () => {
      if (input.files?.[0]) void this.takeProgram(input.files[0]);
    });
    input.click();
  }

  private setSeed(seed: number | null): void {
    this.panel.seed = seed;
    this.say(
      seed === null
        ? html`<p>Each run now draws new random numbers.</p>`
        : html`<p>Each run begins with <code>torch.manual_seed(${seed})</code> and so draws the same random numbers.</p>`,
    );
  }
}
