/** Layers, losses and what belongs to them. */
import { nameClasses } from '../class-names.ts';
import * as layers from './layers.ts';

/** Layers and losses as plain functions. */
export * as functional from './functional.ts';
/** Ways to fill a parameter before training. */
export * as init from './init.ts';
export * from './layers.ts';
/** Gradient clipping, parameters as vectors, packed sequences. */
export * as utils from './utils.ts';

nameClasses(layers);
