import { isAuthorHere } from '../author-notes';
import type { Feature } from '../feature';
import type { PanelHost } from '../host';
import { attributeNames } from '../options';

interface LateFeature {
  isWanted: (panel: PanelHost) => boolean;
  load: (panel: PanelHost) => Promise<Feature>;
  /** What the reader has to do without where it cannot be loaded; left out where it is nothing of theirs. */
  lack?: string;
}

/** What an author does not write into a panel, unless HTML has made it of a program's raw `<`. */
const unusual = ':not(pre, samp, code, span, p, details, summary, script)';

/** Whether there is something to tell the author, or something that has to be looked at. */
function mayBeWrong(panel: PanelHost): boolean {
  const own: string[] = Object.values(attributeNames);
  const isOdd = panel.getAttributeNames().some((name) => !own.includes(name));
  return isOdd || panel.notes.list.length > 0 || panel.querySelector('pre ~ pre') !== null;
}

const lateFeatures: LateFeature[] = [
  {
    isWanted: ({ persist }) => persist !== null,
    load: async (panel) => new (await import('./keep.late')).Keep(panel),
    lack: 'Your changes are not kept',
  },
  {
    isWanted: ({ layout }) => layout === 'side',
    load: async (panel) => new (await import('./split.late')).Split(panel),
    lack: 'The divider cannot be moved',
  },
  {
    isWanted: (panel) => (isAuthorHere() && mayBeWrong(panel)) || panel.querySelector(unusual) !== null,
    load: async (panel) => new (await import('./author-strip.late')).AuthorStrip(panel),
  },
];

/** What printing needs. */
const paper: LateFeature = {
  isWanted: () => true,
  load: async (panel) => new (await import('./paper.late')).Paper(panel),
};
/** What a reader does before they print; printing itself waits for nothing. */
const signs = ['pointermove', 'pointerdown', 'keydown', 'scroll', 'beforeprint'];

/** Parts that few panels have: each is loaded when its panel asks for it. */
export class LateFeatures implements Feature {
  private readonly missing = new Set(lateFeatures);

  constructor(private readonly panel: PanelHost) {}

  ready(): void {
    const seen = new AbortController();
    const bring = () => {
      seen.abort();
      void this.bring(paper);
    };
    for (const sign of signs) addEventListener(sign, bring, { signal: seen.signal, capture: true, passive: true });
  }

  updated(): void {
    for (const one of this.missing) if (one.isWanted(this.panel)) void this.bring(one);
  }

  private async bring(one: LateFeature): Promise<void> {
    const { panel, missing } = this;
    missing.delete(one);
    try {
      const feature = await one.load(panel);
      panel.features.push(feature);
      feature.ready?.();
      if (panel.isConnected) feature.connected?.();
      panel.requestUpdate();
    } catch (error) {
      console.warn(error);
      if (one.lack) void panel.complain(`${one.lack}: a part of the panel could not be loaded.`, 'note');
    }
  }
}
