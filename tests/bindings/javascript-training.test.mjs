// The JavaScript package trains as real PyTorch does: the programs are those of tests/golden/javascript.py.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as torch from '../../build/npm/unroll.js';

const golden = JSON.parse(readFileSync(new URL('../golden/data/javascript.json', import.meta.url), 'utf8'));
const { nn, optim } = torch;
const F = nn.functional;

function close(found, expected, tolerance = 1e-4, what = '') {
  const list = [expected].flat(9);
  const given = [found].flat(9);
  assert.equal(given.length, list.length, what);
  for (const [i, value] of list.entries())
    assert.ok(
      Math.abs(given[i] - value) <= tolerance * Math.max(1, Math.abs(value)),
      `${what}: value ${i} is ${given[i]}, PyTorch has ${value}`,
    );
}

function regression(Kind, makeOptimizer, dtype = torch.float32) {
  torch.manualSeed(0);
  const layer = new Kind(1, 16, { numLayers: 2, batchFirst: true, dtype });
  const head = new nn.Linear(16, 1, { dtype });
  const params = [...layer.parameters(), ...head.parameters()];
  const optimizer = makeOptimizer(params);
  const x = torch.arange(200, { dtype }).reshape(20, 10, 1).div(7).sin();
  const y = x.sum(1);
  return Array.from({ length: 40 }, () =>
    torch.scope(() => {
      const [output] = layer(x);
      const loss = F.mseLoss(head(output.at(':', -1)), y);
      optimizer.zeroGrad();
      loss.backward();
      nn.utils.clipGradNorm_(params, 1);
      optimizer.step();
      return loss.item();
    }),
  );
}

test('an LSTM with Adam has the losses of PyTorch for the same seed', () => {
  close(
    regression(nn.LSTM, (params) => new optim.Adam(params, { lr: 0.01 })),
    golden.lstm,
  );
});

test('a GRU with momentum has the losses of PyTorch for the same seed', () => {
  close(
    regression(nn.GRU, (params) => new optim.SGD(params, { lr: 0.05, momentum: 0.9 })),
    golden.gru,
  );
});

test('an RNN with RMSprop has the losses of PyTorch for the same seed', () => {
  close(
    regression(nn.RNN, (params) => new optim.RMSprop(params, { lr: 0.001 }), torch.float64),
    golden.rnn,
    1e-6,
  );
});

class Tagger extends nn.Module {
  embedding = new nn.Embedding(12, 8, { paddingIdx: 0 });
  lstm = new nn.LSTM(8, 10, { bidirectional: true, batchFirst: true });
  norm = new nn.LayerNorm(20);
  dropout = new nn.Dropout(0.25);
  head = new nn.Sequential(new nn.Linear(20, 10), new nn.ReLU(), new nn.Linear(10, 3));

  forward(tokens) {
    const [output] = this.lstm(this.embedding(tokens));
    return this.head(this.dropout(this.norm(output.max(1).values)));
  }
}

test('a classifier over shuffled batches with dropout and a schedule has the losses of PyTorch, its state the same names', () => {
  torch.manualSeed(1);
  const tokens = torch.randint(1, 12, [30, 6]);
  const labels = tokens.sum(1).remainder(3);
  const loader = new torch.data.DataLoader(new torch.data.TensorDataset(tokens, labels), {
    batchSize: 8,
    shuffle: true,
  });
  const model = new Tagger();
  const optimizer = new optim.AdamW(model.parameters(), { lr: 0.01 });
  const scheduler = new optim.lrScheduler.CosineAnnealingLR(optimizer, 5);
  const losses = [];
  for (let epoch = 0; epoch < 5; ++epoch) {
    for (const [x, y] of loader) {
      const loss = F.crossEntropy(model(x), y, { labelSmoothing: 0.1 });
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      losses.push(loss.item());
    }
    scheduler.step();
  }
  close(losses, golden.classification.losses);
  const { state, text } = golden.classification;
  const found = model.stateDict();
  assert.deepEqual(Object.keys(found), Object.keys(state));
  for (const [name, sum] of Object.entries(state)) close(found[name].double().sum().item(), sum, 1e-3, name);
  assert.equal(String(model), text);
});

test('schedulers give the rates of PyTorch', () => {
  const { StepLR, MultiStepLR, ExponentialLR, LinearLR, CosineAnnealingLR, OneCycleLR, LambdaLR } = optim.lrScheduler;
  const makers = {
    StepLR: (o) => new StepLR(o, 3, { gamma: 0.5 }),
    MultiStepLR: (o) => new MultiStepLR(o, [2, 5, 5]),
    ExponentialLR: (o) => new ExponentialLR(o, 0.9),
    LinearLR: (o) => new LinearLR(o, { totalIters: 4 }),
    CosineAnnealingLR: (o) => new CosineAnnealingLR(o, 4, { etaMin: 0.001 }),
    OneCycleLR: (o) => new OneCycleLR(o, { maxLr: 0.5, totalSteps: 14 }),
    LambdaLR: (o) => new LambdaLR(o, (n) => 1 / (n + 1)),
  };
  for (const [name, rates] of Object.entries(golden.schedules)) {
    const optimizer = new optim.SGD([torch.zeros(1, { requiresGrad: true })], { lr: 0.1 });
    const scheduler = makers[name](optimizer);
    const found = rates.map(() => {
      const [rate] = scheduler.getLastLr();
      scheduler.step();
      return rate;
    });
    close(found, rates, 1e-12, name);
  }
});

test('optimizers step as those of PyTorch', () => {
  const makers = {
    SGD: (p) => new optim.SGD(p, { lr: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
    Adam: (p) => new optim.Adam(p, { lr: 0.1, amsgrad: true, weightDecay: 0.01 }),
    AdamW: (p) => new optim.AdamW(p, { lr: 0.1 }),
    RMSprop: (p) => new optim.RMSprop(p, { lr: 0.1, momentum: 0.5, centered: true }),
    Adagrad: (p) => new optim.Adagrad(p, { lr: 0.1, lrDecay: 0.1 }),
    NAdam: (p) => new optim.NAdam(p, { lr: 0.1, weightDecay: 0.01 }),
  };
  for (const [name, values] of Object.entries(golden.steps)) {
    const param = torch.tensor([1, -2, 3], { requiresGrad: true });
    const optimizer = makers[name]([param]);
    const found = values.map((_, i) => {
      optimizer.zeroGrad();
      param.sub(i).pow(2).sum().backward();
      optimizer.step();
      return param.tolist();
    });
    close(found, values, 1e-5, name);
  }
});

test('an optimizer goes on from its state as if it had not stopped', () => {
  const run = (stops) => {
    const param = torch.tensor([1, -2, 3], { requiresGrad: true });
    let optimizer = new optim.Adam([param], { lr: 0.1 });
    for (let i = 0; i < 6; ++i) {
      if (i === stops) {
        const state = optimizer.stateDict();
        optimizer = new optim.Adam([param]);
        optimizer.loadStateDict(state);
      }
      optimizer.zeroGrad();
      param.sub(i).pow(2).sum().backward();
      optimizer.step();
    }
    return param.tolist();
  };
  assert.deepEqual(run(3), run(-1));
});
