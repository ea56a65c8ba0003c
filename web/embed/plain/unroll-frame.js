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

  const theme = () => {
    const { documentElement: root, body } = document;
    for (const element of [body, root]) {
      for (const name of ['data-theme', 'data-bs-theme', 'data-mode', 'data-md-color-scheme']) {
        const value = element?.getAttribute(name);
        if (value === 'dark' || value === 'slate') return 'dark';
        if (value === 'light' || value === 'default') return 'light';
      }
      for (const word of ['dark', 'light']) {
        if (element?.classList.contains(word) || element?.classList.contains(`quarto-${word}`)) return word;
      }
    }
    return 'auto';
  };

  const tellTheme = (frame) => {
    // A theme in the address is the author's own choice.
    if (new URL(frame.src).searchParams.has('theme')) return;
    frame.contentWindow?.postMessage({ target: 'unroll', type: 'theme', theme: theme() }, home.origin);
  };

  addEventListener('message', ({ source, origin, data }) => {
    if (origin !== home.origin || data?.source !== 'unroll') return;
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    if (!frame) return;
    if (data.type === 'resize' && data.height > 0) frame.style.height = `${Math.min(data.height, 20000)}px`;
    if (data.type === 'load' && theme() !== 'auto') tellTheme(frame);
  });

  const watched = { attributeFilter: ['class', 'data-theme', 'data-bs-theme', 'data-mode', 'data-md-color-scheme'] };
  const observer = new MutationObserver(() => frames().forEach(tellTheme));
  observer.observe(document.documentElement, watched);
  if (document.body) observer.observe(document.body, watched);
})();
