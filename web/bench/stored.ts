/** Figures of one machine, which the page opens with. tests/bench/publish.mjs writes them. */

import { type Environment, type Figure, machineText } from './figures.mjs';
import type { Curve } from './growth';
import report from './stored.json';

const { environment, figures, curves } = report as {
  environment: Environment;
  figures: Figure[];
  curves: Curve[];
};

const peer = environment.pytorch && ` PyTorch ${environment.pytorch} ran on one thread of it, outside of the browser.`;

export const stored = {
  figures,
  curves,
  origin: `Measured on ${machineText(environment)}; not on your device.${peer}`,
  json: JSON.stringify(report, null, 2),
};
