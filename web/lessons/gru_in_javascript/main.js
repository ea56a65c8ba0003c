import * as torch from 'unroll';

const { nn, optim } = torch;

// 20 pieces of a wave, 10 points each. The GRU reads a piece and tells the sum of its points.
torch.manualSeed(0);
const x = torch.arange(200).reshape(20, 10, 1).div(7).sin();
const y = x.sum(1);

class Summer extends nn.Module {
  gru = new nn.GRU(1, 16, { batchFirst: true });
  fc = new nn.Linear(16, 1);

  forward(x) {
    const [output] = this.gru(x);
    return this.fc(output.at(':', -1));
  }
}

const model = new Summer();
const optimizer = new optim.Adam(model.parameters(), { lr: 0.02 });
console.log(model);

for (let step = 0; step < 150; step++) {
  // What a scope has made is given back at its end, as Python does by itself.
  const loss = torch.scope(() => {
    const loss = nn.functional.mseLoss(model(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.item();
  });
  unroll.log({ loss }); // drawn while the network learns
  if (step % 25 === 0) console.log(`step ${step}  loss ${loss.toFixed(4)}`);
}

const told = model(x).flatten().tolist();
const right = y.flatten().tolist();
for (let i = 0; i < 20; i += 5) console.log(`the GRU says ${told[i].toFixed(2)}, the sum is ${right[i].toFixed(2)}`);
