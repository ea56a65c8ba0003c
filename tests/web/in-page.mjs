/** What tests do inside of a page, in any browser, with its first panel: `page.evaluate(runHere, 'print(1)')`. */

/** Runs a program, or what stands in the panel, and gives the result. */
export async function runHere(code, files) {
  const panel = document.querySelector('unroll-panel');
  if (typeof code === 'string') panel.code = code;
  if (files) panel.files = files;
  return panel.run();
}

/** Runs a program that does not end by itself, stops it at its first output, and gives the result with the `took` ms of the Stop. */
export async function stopHere(code) {
  const panel = document.querySelector('unroll-panel');
  panel.code = code;
  const printed = new Promise((done) => panel.addEventListener('unroll-output', done, { once: true }));
  const running = panel.run();
  await printed;
  const pressed = performance.now();
  await panel.stop();
  return { ...(await running), took: performance.now() - pressed };
}

/** Runs what stands in the panel and gives all that it showed, in order, with its curves. */
export async function partsHere() {
  const panel = document.querySelector('unroll-panel');
  const parts = [];
  const { show } = panel;
  panel.show = (part) => {
    parts.push(part);
    show.call(panel, part);
  };
  await panel.run();
  delete panel.show;
  return parts;
}
