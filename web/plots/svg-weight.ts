/** How much there is to draw in a picture, with all that it repeats: a pattern of patterns is short as text. */

/** What an element takes, with all that it repeats. */
interface Weight {
  /** Elements, each as often as it is drawn, and what their points, letters and layers cost beside. */
  cost: number;
  /** The same without its children. */
  own: number;
  elements: number;
  /** Places where markers stand. */
  points: number;
}

/** Points of a path, or letters, that cost as much as an element. */
const pointsOfElement = 30;
const lettersOfElement = 10;
/** What a clip or a mask costs beside its content: a layer of its own. */
const layerCost = 10;
/** References that lead to references, at most. */
const mostSteps = 200;

const inherited = ['fill', 'stroke', 'marker-start', 'marker-mid', 'marker-end'];
const layers = ['clip-path', 'mask'];
const reference = /#([\w.-]+)/g;
const endless: Weight = { cost: Infinity, own: Infinity, elements: 0, points: 0 };

/** Takes out of a picture what comes after `most` elements, as they are drawn. Returns how many parts are gone. */
export function prune(root: SVGSVGElement, most: number): number {
  const weights = new Weights(root);
  let left = most;
  let gone = 0;
  const visit = (parent: Element): void => {
    left -= weights.of(parent).own;
    for (const child of [...parent.children]) {
      const { cost, own } = weights.of(child);
      if (cost <= left) left -= cost;
      else if (child.childElementCount > 0 && child.localName !== 'text' && own < left) visit(child);
      else {
        child.remove();
        gone++;
      }
    }
  };
  visit(root);
  return left < 0 ? Number.POSITIVE_INFINITY : gone;
}

/** The weights of a picture's elements, each found once. */
class Weights {
  private readonly known = new Map<Element, Weight>();
  private readonly byId = new Map<string, Element>();
  private steps = 0;

  constructor(root: Element) {
    for (const element of root.querySelectorAll('[id]'))
      if (!this.byId.has(element.id)) this.byId.set(element.id, element);
  }

  /** What an element takes; browsers make what is used also where it does not show. */
  of(element: Element): Weight {
    const known = this.known.get(element);
    if (known) return known;
    if (this.steps > mostSteps) return endless;
    // What leads back to itself finds this.
    this.known.set(element, endless);
    this.steps++;
    const weight = this.find(element);
    this.steps--;
    this.known.set(element, weight);
    return weight;
  }

  private find(element: Element): Weight {
    const weight = ownWeight(element);
    for (const child of element.children) add(weight, this.of(child));
    let more = 0;
    const target = this.byId.get((element.getAttribute('href') ?? '').slice(1));
    if (target) {
      const { cost, elements, points } = this.of(target);
      more += cost;
      weight.elements += elements;
      weight.points += points;
    }
    for (const name of layers) if (value(element, name)) more += layerCost + this.referred(element, name);
    more += this.paints(element, weight);
    weight.cost += more;
    weight.own += more;
    return weight;
  }

  /** What paint and markers take that are given to so many elements and points. */
  private paints(element: Element, { elements, points }: Weight): number {
    let cost = 0;
    for (const name of inherited) {
      const each = this.referred(element, name);
      if (each > 0) cost += each * (name.startsWith('marker') ? points : elements);
    }
    return cost;
  }

  /** What a property's references take each time; what they stand in gives them its own paint. */
  private referred(element: Element, name: string): number {
    const text = value(element, name);
    if (!text.includes('#')) return 0;
    let cost = 0;
    for (const [, id] of text.matchAll(reference)) {
      const target = this.byId.get(id);
      if (!target) continue;
      const weight = this.of(target);
      cost += weight.cost;
      for (let around = target.parentElement; around && this.steps <= mostSteps; around = around.parentElement) {
        this.steps++;
        cost += this.paints(around, weight);
        this.steps--;
      }
    }
    return cost;
  }
}

function value(element: Element, name: string): string {
  const own = element.getAttribute(name) ?? '';
  return element.hasAttribute('style') ? own + (element as SVGElement).style.getPropertyValue(name) : own;
}

function ownWeight(element: Element): Weight {
  const path = (element.getAttribute('d') ?? '') + (element.getAttribute('points') ?? '');
  // Numbers are at least two letters long, with what stands between them; a point has two.
  const points = path ? Math.ceil(path.length / 4) : 2;
  const letters = element.localName === 'text' ? (element.textContent ?? '').length : 0;
  const cost = 1 + points / pointsOfElement + letters / lettersOfElement;
  return { cost, own: cost, elements: 1, points };
}

function add(sum: Weight, { cost, elements, points }: Weight): void {
  sum.cost += cost;
  sum.elements += elements;
  sum.points += points;
}
