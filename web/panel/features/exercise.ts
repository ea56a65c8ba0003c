import { html, nothing, type TemplateResult } from 'lit';
import type { Job } from '../../protocol/job';
import type { Verdict } from '../../protocol/messages';
import { addStyles } from '../../ui/add-styles';
import { icons } from '../../ui/icons';
import { codeOf, hintsOf, partsInside, whenParsed } from '../author-parts';
import type { Feature } from '../feature';
import type { PanelHost } from '../host';
import type { RunResult } from '../run-controller';

/** What `unroll-check` tells. */
export interface CheckDetail {
  passed: boolean;
  /** 'error': the check itself is broken, which says nothing of the program. */
  status: Verdict['status'];
  message: string;
  /** Runs of this panel that were checked, this one among them. */
  attempts: number;
  /** Whether the reader has seen the solution. */
  solutionShown: boolean;
}

const titles = { passed: 'Passed', failed: 'Not yet', error: 'The check is broken' };

/**
 * `setup`, `check`, `solution` and `hint`: hidden code around the program, what it found, and help on demand.
 *
 * A program that ends with an error is not checked.
 */
export class Exercise implements Feature {
  private verdict: Verdict | undefined;
  private attempts = 0;
  private hintsShown = 0;
  /** The solution: not asked for, to be confirmed, or its text. */
  private solution: { state: 'hidden' | 'asked' | 'shown'; code: string; everShown: boolean } = {
    state: 'hidden',
    code: '',
    everShown: false,
  };

  constructor(private readonly panel: PanelHost) {}

  ready(): void {
    whenParsed(async () => {
      if (hintsOf(this.panel).length === 0 && !this.has('solution') && !this.has('check')) return;
      const late = await import('../styles/exercise-box.late').catch(() => null);
      if (late) addStyles(this.panel, late.exerciseBoxes);
    });
  }

  async beforeRun(job: Job): Promise<void> {
    this.verdict = undefined;
    const [setup, check] = await Promise.all([this.code('setup'), this.code('check')]);
    if (setup) job.setup = setup;
    if (check) job.check = check;
  }

  afterRun({ check }: RunResult): void {
    if (!check) return;
    this.verdict = check;
    this.attempts++;
    const detail: CheckDetail = {
      passed: check.status === 'passed',
      status: check.status,
      message: check.message,
      attempts: this.attempts,
      solutionShown: this.solution.everShown,
    };
    this.panel.announce('unroll-check', detail);
    this.panel.requestUpdate();
  }

  onReset(): void {
    this.verdict = undefined;
    this.hintsShown = 0;
    this.solution.state = 'hidden';
  }

  /** The help that there is, over the editor. */
  banner(): unknown {
    const hints = hintsOf(this.panel);
    const hasSolution = this.has('solution');
    if (hints.length === 0 && !hasSolution) return nothing;
    return html`
      <div class="exercise" part="exercise">
        <p class="exercise-title">Exercise</p>
        ${hints.length > 0 ? this.hintButton(hints) : nothing}
        ${hasSolution ? this.solutionButton() : nothing}
      </div>
      ${this.hintsShown > 0 ? this.hintList(hints) : nothing}
      ${this.solution.state === 'hidden' ? nothing : this.solutionBox()}
    `;
  }

  /** What the check found. The place of it is there from the start, else screen readers would not hear it. */
  results(): unknown {
    if (!this.has('check')) return nothing;
    return html`<div class="verdict-place" role="status">${this.verdict ? card(this.verdict, this.attempts) : nothing}</div>`;
  }

  private hintButton(hints: string[]): TemplateResult {
    const next = () => {
      this.hintsShown = this.hintsShown < hints.length ? this.hintsShown + 1 : 0;
      this.panel.requestUpdate();
    };
    const isLast = this.hintsShown >= hints.length;
    const count = hints.length > 1 ? ` ${Math.min(this.hintsShown + 1, hints.length)} of ${hints.length}` : '';
    const label = isLast ? 'Hide hint' : `Hint${count}`;
    return html`<button type="button" class="ghost help" part="button hint-button" aria-expanded=${this.hintsShown > 0} @click=${next}>
      ${icons.hint}<span>${label}${isLast && hints.length > 1 ? 's' : ''}</span>
    </button>`;
  }

  private hintList(hints: string[]): TemplateResult {
    const shown = hints.slice(0, this.hintsShown);
    return html`<div class="help-box" part="hint" role="status">${shown.map((text) => html`<p>${text}</p>`)}</div>`;
  }

  private solutionButton(): TemplateResult {
    const { state } = this.solution;
    const press = () => {
      if (state !== 'hidden') this.solution.state = 'hidden';
      else if (this.attempts > 0 || this.solution.everShown) void this.showSolution();
      else this.solution.state = 'asked';
      this.panel.requestUpdate();
    };
    return html`<button type="button" class="ghost help" part="button solution-button" aria-expanded=${state !== 'hidden'} @click=${press}>
      ${icons.solution}<span>${state === 'hidden' ? 'Solution' : 'Hide solution'}</span>
    </button>`;
  }

  private solutionBox(): TemplateResult {
    if (this.solution.state === 'asked') {
      return html`
        <div class="help-box" part="solution" role="group" aria-label="Solution">
          <p role="status">You have not tried it yet. Show the solution anyway?</p>
          <div class="help-actions">
            <button type="button" class="outlined" part="button" @click=${() => void this.showSolution()}>Show it</button>
            <button type="button" class="ghost" part="button" @click=${() => this.hideSolution()}>Not yet</button>
          </div>
        </div>
      `;
    }
    return html`
      <div class="help-box" part="solution" role="group" aria-label="Solution">
        <pre tabindex="0" aria-label="Program of the solution">${this.solution.code}</pre>
        <div class="help-actions">
          <button type="button" class="outlined" part="button" @click=${() => this.takeSolution()}>Put it into the editor</button>
          <span class="help-note">Undo brings your own program back.</span>
        </div>
      </div>
    `;
  }

  private async showSolution(): Promise<void> {
    try {
      this.solution.code = await this.code('solution');
    } catch (error) {
      this.solution.code = `# ${(error as Error).message}`;
    }
    this.solution.state = 'shown';
    this.solution.everShown = true;
    this.panel.requestUpdate();
    await this.panel.updateComplete;
    this.panel.renderRoot.querySelector<HTMLElement>('.help-box pre')?.focus({ preventScroll: true });
  }

  private hideSolution(): void {
    this.solution.state = 'hidden';
    this.panel.requestUpdate();
    this.panel.renderRoot.querySelector<HTMLElement>('[part~=solution-button]')?.focus();
  }

  private takeSolution(): void {
    this.panel.edit(this.solution.code);
    this.solution.state = 'hidden';
    this.panel.requestUpdate();
    this.panel.focus();
  }

  private code(name: 'setup' | 'check' | 'solution'): Promise<string> {
    return codeOf(this.panel, name, this.panel[name]);
  }

  private has(name: 'check' | 'solution'): boolean {
    return Boolean(this.panel[name]) || partsInside(this.panel, name).length > 0;
  }
}

function card({ status, message, traceback }: Verdict, attempts: number): TemplateResult {
  const words = message || (status === 'passed' ? 'The check found nothing wrong.' : 'Not right yet.');
  return html`
    <div class="verdict ${status}" part="verdict verdict-${status}">
      ${icons[status]}
      <div>
        <p class="verdict-title">${titles[status]}${attempts > 1 ? html`<span>attempt ${attempts}</span>` : nothing}</p>
        <p class="verdict-words">${words}</p>
        ${traceback ? html`<details><summary>Where</summary><pre>${traceback}</pre></details>` : nothing}
      </div>
    </div>
  `;
}
