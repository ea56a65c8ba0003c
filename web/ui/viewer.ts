import { html, render, type TemplateResult } from 'lit';
import { icons } from './icons';

/** The panel's one dialog: a picture large, over the page. Escape closes it. */
export class Viewer {
  private dialog: HTMLDialogElement | undefined;

  constructor(private readonly parent: ParentNode & Node) {}

  /** Shows `content` under `title`. The focus goes back to where it was when the dialog closes. */
  show(title: string, content: HTMLElement, tools: TemplateResult): void {
    const dialog = this.dialog ?? this.create();
    const close = () => dialog.close();
    render(
      html`
        <header class="viewer-bar">
          <h3>${title}</h3>
          <div class="figure-tools">
            ${tools}
            <button type="button" class="viewer-close" aria-label="Close" @click=${close}>${icons.remove}</button>
          </div>
        </header>
        <div class="viewer-content" tabindex="0" role="group" aria-label=${title}>${content}</div>
      `,
      dialog,
    );
    dialog.setAttribute('aria-label', title);
    dialog.showModal();
    dialog.querySelector<HTMLElement>('.viewer-close')?.focus();
  }

  close(): void {
    this.dialog?.close();
  }

  private create(): HTMLDialogElement {
    const dialog = document.createElement('dialog');
    dialog.className = 'viewer';
    dialog.setAttribute('part', 'viewer');
    // A press on what is around the dialog is a press on the dialog itself.
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
    // The event comes later: by then something else may be shown.
    dialog.addEventListener('close', () => !dialog.open && render(html``, dialog));
    this.parent.append(dialog);
    this.dialog = dialog;
    return dialog;
  }
}
