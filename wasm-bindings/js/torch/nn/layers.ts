// All layers, for the namespace torch.nn.

export { Parameter } from '../parameter.ts';
export * from './activations.ts';
export { GRUCell, LSTMCell, RNNCell } from './cells.ts';
export * from './containers.ts';
export { Conv1d } from './conv.ts';
export { Embedding, Identity, Linear } from './linear.ts';
export * from './losses.ts';
export { Module, type StateDict } from './module.ts';
export { BatchNorm1d, LayerNorm } from './norm.ts';
export { GRU, LSTM, RNN } from './rnn.ts';
