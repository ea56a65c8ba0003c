/** What tests of saved files share. */

/** From now on files go to the test and not to disk. Gives what waits for so many and hands them over: bytes by name. */
export async function keepSaved(page) {
  await page.evaluate(() => {
    window.saved = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      if (!this.download) return click.call(this);
      const name = this.download;
      fetch(this.href).then(async (answer) =>
        window.saved.push([name, [...new Uint8Array(await answer.arrayBuffer())]]),
      );
    };
  });
  return async (count) => {
    await page.waitForFunction((count) => window.saved.length >= count, { polling: 100 }, count);
    return Object.fromEntries(await page.evaluate(() => window.saved.splice(0)));
  };
}

/** A picture as an image, alone: its size, the colour of its corner, and how many of its pixels have each of `colours`. */
export function looksOf(page, bytes, type, colours) {
  return page.evaluate(
    async (bytes, type, colours) => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const at = (i) => `#${[...data.subarray(i, i + 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
      const counts = colours.map(() => 0);
      for (let i = 0; i < data.length; i += 4) {
        const found = colours.indexOf(at(i));
        if (found >= 0) counts[found]++;
      }
      return { width: canvas.width, height: canvas.height, corner: at(0), counts };
    },
    bytes,
    type,
    colours,
  );
}
