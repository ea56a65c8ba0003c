/** A place in a program that its error names. */
export interface Place {
  file: string;
  line: number;
}

/** Python's `File "main.py", line 7` and `main.py:7: UserWarning`, and a JavaScript stack's `main.js:7:15`. */
const named = /File "([^"<>]+)", line (\d+)|(?<![\w/.:@-])([\w./-]+\.(?:py|m?js)):(\d+)(?::\d+)?/g;

/** What leads to places: says whether there is such a file, and goes there. */
export interface Places {
  has(file: string): boolean;
  goTo(place: Place): void;
}

/** Text as nodes, in which each place that `places` knows is a link. */
export function linked(text: string, places: Places): Node[] {
  const nodes: Node[] = [];
  let from = 0;
  for (const match of text.matchAll(named)) {
    const file = match[1] ?? match[3];
    if (!places.has(file)) continue;
    const place = { file, line: Number(match[2] ?? match[4]) };
    nodes.push(document.createTextNode(text.slice(from, match.index)), link(match[0], place, places));
    from = match.index + match[0].length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

function link(text: string, place: Place, places: Places): HTMLElement {
  const made = document.createElement('a');
  made.className = 'place';
  made.href = '#';
  made.textContent = text;
  made.title = `Go to line ${place.line} of ${place.file}`;
  made.draggable = false;
  made.addEventListener('click', (event) => {
    event.preventDefault();
    places.goTo(place);
  });
  return made;
}
