import { html } from 'lit';
import { ConsoleView, type OutputCopy } from '../console/console-view';
import { hintCard } from '../console/hint-card';
import type { Places } from '../console/places';
import type { LargePicture } from '../plots/picture-tools';
import type { OutputPart } from '../protocol/messages';
import { Viewer } from '../ui/viewer';
import { PlotOnDemand } from './plot-on-demand';

/** All that a program shows in a panel: text and pictures in the order in which they came, and the live plot. */
export class ProgramOutput {
  private readonly viewer: Viewer;
  private readonly console: ConsoleView;
  private readonly plot: PlotOnDemand;
  private readonly area: HTMLElement;

  /** @param places what its errors lead to */
  constructor(root: ShadowRoot, places: Places) {
    this.viewer = new Viewer(root);
    const enlarge = (picture: LargePicture) => void this.enlarge(picture);
    const [output, live] = ['.output', '.live'].map((part) => root.querySelector(part) as HTMLElement);
    this.area = output;
    this.console = new ConsoleView(output, enlarge, places);
    this.plot = new PlotOnDemand(live, enlarge, (problem) => this.writeNote(problem));
  }

  write(part: OutputPart): void {
    if (part.kind === 'points') this.plot.add(part.points);
    else this.console.write(part);
  }

  /** Adds a line of the panel's own. */
  writeNote(text: string): void {
    this.console.write({ kind: 'note', text });
  }

  /** Adds plain words about an error below it; code in them stands between backticks. */
  writeHint(words: string): void {
    this.console.write({ kind: 'element', element: hintCard(words) });
  }

  /** All text that is kept, without colours and pictures. */
  get text(): string {
    return this.console.text;
  }

  /** All that is kept of its text, with copies of what stands between; and copies of the live plot's charts. */
  get parts(): OutputCopy[] {
    return this.console.parts;
  }

  get pictures(): SVGSVGElement[] {
    return this.plot.pictures;
  }

  /** Lets the reader type a line for the program. Resolves to null at the end of the input, and when the run ends. */
  ask(prompt: string): Promise<string | null> {
    return this.console.ask(prompt);
  }

  /** Nothing is asked any more. */
  stopAsking(): void {
    this.console.stopAsking();
  }

  /** Whether long lines go on in the next one. */
  setWrap(wraps: boolean): void {
    this.console.wraps = wraps;
  }

  /** Shows everything now instead of in the next frame. */
  flush(): void {
    this.console.flush();
    this.plot.flush();
  }

  /** Resolves when there is room for more. */
  hasRoom(): Promise<void> | undefined {
    return this.console.hasRoom();
  }

  /** Resolves when all that came is on the page. */
  async shown(): Promise<void> {
    await Promise.all([this.plot.shown(), this.console.shown()]);
  }

  /** Keeps the output as high as it is while a program runs, so that what stands below it on the page does not jump. */
  hold(): void {
    const { height } = this.area.getBoundingClientRect();
    if (height > 0) this.area.style.minHeight = `${height}px`;
  }

  /** Lets the output be as high as what is in it. */
  release(): void {
    this.area.style.minHeight = '';
  }

  clear(): void {
    this.viewer.close();
    this.console.clear();
    this.plot.clear();
  }

  /** Shows something in the panel's dialog. */
  showInDialog(title: string, content: HTMLElement): void {
    this.viewer.show(title, content, html``);
  }

  private async enlarge(picture: LargePicture): Promise<void> {
    // It is there: the buttons of the picture came with it.
    const { saveTools } = await import('../plots/picture-tools');
    this.viewer.show(picture.title, picture.large(), saveTools(picture));
  }
}
