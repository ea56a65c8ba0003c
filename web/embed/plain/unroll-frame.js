/**
 * Gives each <iframe> of Unroll's embed.html the height of its panel, and the theme of this page.
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

  addEventListener('message', ({ source, origin, data }) => {
    if (data?.source !== 'unroll') return;
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    // The origin of a frame with `sandbox` is "null".
    if (!frame || (origin !== home.origin && !(origin === 'null' && frame.hasAttribute('sandbox')))) return;
    if (data.type === 'resize' && data.height > 0) frame.style.height = `${Math.min(data.height, 20000)}px`;
    if (data.type === 'load' && theme() !== 'auto') tellTheme(frame);
  });

  const watched = { attributeFilter: [...attributes, 'class', 'style'] };
  const observer = new MutationObserver(() => frames().forEach(tellTheme));
  observer.observe(document.documentElement, watched);
  if (document.body) observer.observe(document.body, watched);
})();
