// All optimizers, for the namespace torch.optim.
export { Adam, type AdamOptions, AdamW } from './adam.ts';
export { Optimizer, type ParamGroup, type Params } from './optimizer.ts';
export { Adagrad, NAdam, RMSprop } from './scaled.ts';
export { SGD, type SGDOptions } from './sgd.ts';
