import { leftOut } from '../protocol/limits';
import type { FigurePart, GapPart, OutputPart, TextPart } from '../protocol/messages';

/** Characters of each stream that are kept at least. */
const keptText = 8_000_000;
/** Pictures that are kept. */
const keptFigures = 100;

/** What a run gave, for its result. */
export class Transcript {
  private stdout = '';
  private stderr = '';
  private figures: FigurePart[] = [];
  /** Whether nothing came that a reader sees. */
  isEmpty = true;

  add(part: OutputPart): void {
    this.isEmpty &&= part.kind === 'note';
    if (part.kind === 'figure') this.addFigure(part);
    for (const { kind, text } of textsOf(part)) this[kind] = clipped(this[kind] + text);
  }

  /** The run begins anew. */
  clear(): void {
    this.stdout = this.stderr = '';
    this.figures = [];
  }

  get result(): { stdout: string; stderr: string; figures: { svg: string; title: string }[] } {
    const figures = this.figures.map(({ svg, title }) => ({ svg, title }));
    return { stdout: this.stdout, stderr: this.stderr, figures };
  }

  private addFigure(figure: FigurePart): void {
    const earlier = this.figures.findIndex(({ id }) => id !== null && id === figure.id);
    if (earlier >= 0) this.figures[earlier] = figure;
    else this.figures.push(figure);
    if (this.figures.length > keptFigures) this.figures.shift();
  }
}

/** What a part adds to the streams; of what was left out the words that say so. */
export function textsOf(part: OutputPart): TextPart[] {
  if (part.kind === 'gap') return streams.filter((kind) => part[kind] > 0).map((kind) => gapText(kind, part));
  return part.kind === 'stdout' || part.kind === 'stderr' ? [part] : [];
}

const streams = ['stdout', 'stderr'] as const;
const gapText = (kind: TextPart['kind'], gap: GapPart) => ({ kind, text: `\n${leftOut({ character: gap[kind] })}\n` });
const clipped = (text: string) => (text.length > 2 * keptText ? text.slice(-keptText) : text);
