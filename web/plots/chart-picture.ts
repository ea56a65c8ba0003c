import { svg } from 'lit';
import { drawing, frameOf, legendKey, summaryOf, titleOf, valueText } from './chart-drawing';
import { paper, textWidth } from './paper';
import type { Group } from './series';

const width = 760;
const chartHeight = 340;
/** Of a line of the legend. */
const lineHeight = 22;
const margin = { left: 74, right: 24, top: 56, bottom: 58 };

/** A chart of the live plot as a file: what the page shows, with a title, a legend and the name of the other axis. */
export function chartPicture(group: Group): SVGSVGElement {
  const title = titleOf(group);
  const legend = placed(group);
  const top = margin.top + legend.height;
  const bottom = top + chartHeight;
  const frame = frameOf(group, { left: margin.left, right: width - margin.right, top, bottom });
  const middle = (top + bottom) / 2;
  return paper(
    { width, height: bottom + margin.bottom, title, description: summaryOf(group) },
    svg`
      <text x="24" y="34" font-size="17" font-weight="600">${title}</text>
      ${legend.items.map(
        ({ words, i, x, y }) => svg`
        ${legendKey(i, x, y - 4.5)}
        <text x=${x + 34} y=${y}>${words}</text>`,
      )}
      ${drawing(group, frame)}
      <text x="24" y=${middle} transform="rotate(-90 24 ${middle})" text-anchor="middle">value</text>
    `,
  );
}

/** The legend's places: as many beside each other as there is room. */
function placed({ series }: Group) {
  let x = 24;
  let y = 60;
  const items = series.map((line, i) => {
    const words = `${line.name}: ${valueText(line.ys[line.ys.length - 1])}`;
    const room = 34 + textWidth(words);
    if (x > 24 && x + room > width - margin.right) {
      x = 24;
      y += lineHeight;
    }
    const item = { words, i, x, y };
    x += room + 22;
    return item;
  });
  return { items, height: y - 60 + lineHeight };
}
