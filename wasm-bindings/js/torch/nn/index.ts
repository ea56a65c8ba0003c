/** Layers, losses and what belongs to them. */
import { nameClasses } from '../class-names.ts';
import * as layers from './layers.ts';

export * as functional from './functional.ts';
export * as init from './init.ts';
export * from './layers.ts';
export * as utils from './utils.ts';

nameClasses(layers);
