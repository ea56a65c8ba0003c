import { html, type TemplateResult } from 'lit';
import type { PanelHost } from '../panel/host';
import { saveFile } from '../ui/save-file';
import { linkTo, notebookOf, openProgram } from './share-program';

/** A module of the last program whose weights can be saved; see unroll/weights.py. */
interface Model {
  name: string;
  type: string;
  count: number;
}

type Format = 'pt' | 'safetensors';

/** What the panel's menu does with programs and weights. Rejects with a sentence. */
export class ShareSteps {
  /** @param say shows the reader what has come of it */
  constructor(
    private readonly panel: PanelHost,
    private readonly say: (notice: TemplateResult) => void,
  ) {}

  async takeProgram(file: File): Promise<void> {
    try {
      await openProgram(this.panel, file);
      this.say(html`<p>${file.name} is in the editor. Undo or Reset bring back what was there.</p>`);
    } catch (error) {
      this.say(html`<p>${file.name} could not be opened: ${(error as Error).message}.</p>`);
    }
  }

  async copyLink(): Promise<void> {
    const { link, fileCount } = await linkTo(this.panel);
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
  }

  download(): void {
    saveFile(this.panel.programName, this.panel.code, 'text/plain');
  }

  async downloadNotebook(): Promise<void> {
    saveFile('program.ipynb', await notebookOf(this.panel), 'application/x-ipynb+json');
  }

  /** Saves the weights of the last program's module, or asks of which one. */
  async offerWeights(format: Format): Promise<void> {
    const answer = await this.panel.inquire({ kind: 'weights' });
    const models = (answer?.json ?? []) as Model[];
    if (!answer && this.panel.runtime.state === 'running')
      this.say(html`<p>A program is running. Save the weights when it has finished.</p>`);
    else if (models.length === 0)
      this.say(
        html`<p>There are no weights yet: run a program that makes an <code>nn.Module</code>, then save them.</p>`,
      );
    else if (models.length === 1) await this.saveWeights(models[0].name, format);
    else
      this.say(
        html`<p>Which module?</p><div class="choices">${models.map((model) => this.choice(model, format))}</div>`,
      );
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
}
