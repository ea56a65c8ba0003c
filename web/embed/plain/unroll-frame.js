/**
 * Gives each <iframe> of Unroll's embed.html the height of its panel, and the theme of this page. Where the reader presses Run in one,
 * the page moves as far as it takes to show the output.
 *
 * <script src="https://your.site/unroll/unroll-frame.js" defer></script>, on the page with the frames.
 * A frame also works without it: then it keeps the height that the author gave it and scrolls.
 */
(() => {
  const home = new URL('.', document.currentScript.src);

  const frames = () =>
    [...document.querySelectorAll('iframe')].filter(({ src }) => src.startsWith(`${home.href}embed.html`));

  // How pages say light or dark: the lists of web/panel/theme-names.ts.
  const attributes = ['data-theme', 'data-bs-theme', 'data-mode', 'data-color-scheme', 'data-md-color-scheme'];
  const words = { light: 'light', dark: 'dark', slate: 'dark', black: 'dark' };
  const classes = {
    dark: 'dark',
    light: 'light',
    'theme-dark': 'dark',
    'theme-light': 'light',
    'quarto-dark': 'dark',
    'quarto-light': 'light',
  };

  const theme = () => {
    const roots = [document.body, document.documentElement];
    const said = roots.flatMap((root) => attributes.map((name) => words[root?.getAttribute(name)?.toLowerCase()]));
    const classed = roots.flatMap((root) => [...(root?.classList ?? [])].map((name) => classes[name]));
    const scheme = getComputedStyle(document.body).colorScheme.replace('only', '').trim();
    return [...said, ...classed].find(Boolean) ?? (scheme === 'light' || scheme === 'dark' ? scheme : 'auto');
  };

  const tellTheme = (frame) => {
    // A theme in the address is the author's own choice.
    if (new URL(frame.src).searchParams.has('theme')) return;
    // A frame with `sandbox` has no origin that could be named; what it is told is no secret.
    const origin = frame.hasAttribute('sandbox') ? '*' : home.origin;
    frame.contentWindow?.postMessage({ target: 'unroll', type: 'theme', theme: theme() }, origin);
  };

  // The frame in which the reader pressed Run, until they turn to something on this page.
  let followed = null;
  for (const turn of ['wheel', 'touchmove', 'pointerdown', 'keydown'])
    addEventListener(turn, () => (followed = null), { passive: true, capture: true });

  const overflowOf = (element) => getComputedStyle(element).overflowY;

  // The nearest box around a frame that the reader can scroll; null for a slide, which cuts off what is too long.
  const scrollerOf = (frame) => {
    const { body, documentElement } = document;
    for (let at = frame.parentElement; at && at !== body && at !== documentElement; at = at.parentElement)
      if (/auto|scroll/.test(overflowOf(at)) && at.scrollHeight > at.clientHeight) return at;
    return [body, documentElement].some((root) => /hidden|clip/.test(overflowOf(root)))
      ? null
      : document.scrollingElement;
  };

  // Shows the output, which stands at `top` in the frame: no more than it takes, and nothing where it shows already.
  const show = (frame, { top, height, isFirst }) => {
    if (isFirst) followed = frame;
    // The reader's press puts the focus into the frame.
    const scroller = followed === frame && document.activeElement === frame && scrollerOf(frame);
    if (!scroller || !(height > 0)) return;
    const isPage = scroller === document.scrollingElement;
    const view = isPage ? { top: 0, height: innerHeight } : scroller.getBoundingClientRect();
    const from = frame.getBoundingClientRect().top + Math.max(0, top) - view.top;
    const missing = from + Math.min(height, view.height * 0.6) - view.height;
    const distance = missing > 0 ? missing : Math.min(0, from);
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (Math.abs(distance) > 1) scroller.scrollBy({ top: distance, behavior: isCalm ? 'instant' : 'smooth' });
  };

  addEventListener('message', ({ source, origin, data }) => {
    if (data?.source !== 'unroll') return;
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    // The origin of a frame with `sandbox` is "null".
    if (!frame || (origin !== home.origin && !(origin === 'null' && frame.hasAttribute('sandbox')))) return;
    if (data.type === 'resize' && data.height > 0) frame.style.height = `${Math.min(data.height, 20000)}px`;
    if (data.type === 'show') show(frame, data);
    if (data.type === 'load' && theme() !== 'auto') tellTheme(frame);
  });

  const watched = { attributeFilter: [...attributes, 'class', 'style'] };
  const observer = new MutationObserver(() => frames().forEach(tellTheme));
  observer.observe(document.documentElement, watched);
  if (document.body) observer.observe(document.body, watched);
})();
