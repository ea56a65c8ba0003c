/** Optimizers, and schedules of their learning rates. */
import { nameClasses } from '../class-names.ts';
import * as classes from './classes.ts';
import * as schedulers from './lr-scheduler.ts';

export * from './classes.ts';
/** Schedules of the learning rate. */
export * as lrScheduler from './lr-scheduler.ts';

nameClasses(classes);
nameClasses(schedulers);
