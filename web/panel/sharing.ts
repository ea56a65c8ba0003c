import { html, nothing, type TemplateResult } from 'lit';
import { saveFile } from '../plots/save-picture';
import type { Job } from '../worker/runtime';
import type { Feature, PanelAction } from './feature';
import { icons } from './icons';
import type { UnrollPanel } from './unroll-panel';

/** A module of the last program whose weights can be saved; see unroll/weights.py. */
interface Model {
  name: string;
  type: string;
  count: number;
}

type Format = 'pt' | 'safetensors';

const share = () => import('../share/share-program');

/** Links, downloads and programs from the reader's disk; and what there is to say of code that came in a link. */
export class Sharing implements Feature {
  /** What the last action has to say. */
  private notice: TemplateResult | null = null;

  constructor(private readonly panel: UnrollPanel) {}

  actions(): PanelAction[] {
    const { panel } = this;
    const isPython = () => panel.lang === 'python';
    const hasSeed = () => panel.seed !== null;
    return [
      { id: 'copy-link', label: 'Copy link to this program', group: 'share', run: () => this.copyLink() },
      {
        id: 'open-program',
        label: 'Open a program or notebook',
        group: 'file',
        available: () => panel.editable,
        run: () => this.open(),
      },
      { id: 'download-program', label: `Download ${panel.programName}`, group: 'file', run: () => this.download() },
      {
        id: 'download-notebook',
        label: 'Download as notebook (.ipynb)',
        group: 'file',
        available: isPython,
        run: () => this.downloadNotebook(),
      },
      {
        id: 'download-pt',
        label: 'Download weights (.pt)',
        group: 'file',
        run: () => this.offerWeights('pt'),
      },
      {
        id: 'download-safetensors',
        label: 'Download weights (.safetensors)',
        group: 'file',
        run: () => this.offerWeights('safetensors'),
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

  banner(): unknown {
    return [this.panel.fromLink ? this.mark() : nothing, this.notice ?? nothing];
  }

  beforeRun(job: Job): void {
    job.seed = this.panel.seed;
  }

  /** Takes what the reader dropped or chose, where it is a program of another name or a notebook. */
  async takeProgram(file: File): Promise<void> {
    try {
      await (await share()).openProgram(this.panel, file);
      this.say(html`<p>${file.name} is in the editor. Undo or Reset bring back what was there.</p>`);
    } catch (error) {
      this.say(html`<p>${file.name} could not be opened: ${(error as Error).message}.</p>`);
    }
  }

  onReset(): void {
    this.notice = null;
  }

  private mark(): TemplateResult {
    return html`
      <div class="notice stranger" part="notice" role="note">
        ${icons.hint}
        <p>
          <b>This code came in a link.</b> Anybody can make such a link, so read the code before you run it. It runs apart
          from this site: it cannot see or change what the site keeps for you here.
        </p>
      </div>
    `;
  }

  private say(notice: TemplateResult | null): void {
    const close = () => {
      this.say(null);
      this.panel.renderRoot.querySelector<HTMLElement>('.more')?.focus();
    };
    this.notice =
      notice &&
      html`
      <div class="notice" part="notice" role="status">
        ${notice}
        <button type="button" class="ghost" aria-label="Close this message" @click=${close}>${icons.remove}</button>
      </div>
    `;
    this.panel.requestUpdate();
  }

  private async copyLink(): Promise<void> {
    try {
      const { link, fileCount } = await (await share()).linkTo(this.panel);
      const files = fileCount === 0 ? '' : fileCount === 1 ? ' and its file' : ` and its ${fileCount} files`;
      const about = `It holds the program${files} in ${link.length.toLocaleString('en')} characters; nothing was sent anywhere.`;
      const long = link.length > 8000 ? ' Some chats and mail programs cut links of this length.' : '';
      const copied = await navigator.clipboard.writeText(link).then(
        () => true,
        () => false,
      );
      const select = (event: Event) => (event.target as HTMLInputElement).select();
      this.say(
        copied
          ? html`<p><b>Link copied.</b> ${about}${long}</p>`
          : html`<p><label>Copy this link: <input readonly .value=${link} @focus=${select} /></label> ${about}${long}</p>`,
      );
    } catch (error) {
      this.say(html`<p>${(error as Error).message}</p>`);
    }
  }

  private download(): void {
    saveFile(this.panel.programName, this.panel.code, 'text/plain');
  }

  private async downloadNotebook(): Promise<void> {
    try {
      saveFile('program.ipynb', await (await share()).notebookOf(this.panel), 'application/x-ipynb+json');
    } catch (error) {
      this.say(html`<p>${(error as Error).message}</p>`);
    }
  }

  private open(): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = this.panel.lang === 'javascript' ? '.js,.mjs,text/javascript' : '.py,.ipynb,text/x-python';
    input.addEventListener('change', () => {
      if (input.files?.[0]) void this.takeProgram(input.files[0]);
    });
    input.click();
  }

  private async offerWeights(format: Format): Promise<void> {
    const answer = await this.panel.inquire({ kind: 'weights' });
    const models = (answer?.json ?? []) as Model[];
    if (!answer && this.panel.runtime.state === 'running')
      this.say(html`<p>A program runs now: the weights can be saved when it has ended.</p>`);
    else if (models.length === 0)
      this.say(
        html`<p>There are no weights yet: run a program that makes an <code>nn.Module</code>, then save them.</p>`,
      );
    else if (models.length === 1) await this.saveWeights(models[0].name, format);
    else this.say(html`<p>Which module?</p>${models.map((model) => this.choice(model, format))}`);
  }

  private choice({ name, type, count }: Model, format: Format): TemplateResult {
    const numbers = count.toLocaleString('en');
    return html`<button type="button" class="ghost outlined" @click=${() => this.saveWeights(name, format)}>
      ${name} (${type}, ${numbers} ${count === 1 ? 'number' : 'numbers'})
    </button>`;
  }

  private async saveWeights(name: string, format: Format): Promise<void> {
    const answer = await this.panel.inquire({ kind: 'weights', name, format });
    const [bytes] = answer?.bytes ?? [];
    if (bytes) saveFile(`${name}.${format}`, bytes);
    this.say(
      bytes
        ? html`<p>${name}.${format} holds the <code>state_dict</code> of ${name}; PyTorch loads it.</p>`
        : html`<p>The weights of ${name} could not be read. Run the program again, then save them.</p>`,
    );
  }

  private setSeed(seed: number | null): void {
    this.panel.seed = seed;
    this.say(
      seed === null
        ? html`<p>Each run draws new random numbers.</p>`
        : html`<p>Each run begins with <code>torch.manual_seed(${seed})</code> and so draws the same random numbers.</p>`,
    );
  }
}
