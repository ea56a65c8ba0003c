// A GRU learns a sine series and goes on with it by itself.
import * as torch from 'unroll';

const { nn, optim } = torch;
torch.manualSeed(0);

// Windows of 24 values, and the value that follows each.
const series = torch.arange(400).mul(0.1).sin();
const windows = series.unfold(0, 25, 1);
const x = windows.at(':', ':-1', null);
const y = windows.at(':', '-1:');

class Forecast extends nn.Module {
  gru = new nn.GRU(1, 24, { batchFirst: true });
  head = new nn.Linear(24, 1);

  forward(input) {
    const [output] = this.gru(input);
    return this.head(output.at(':', -1));
  }
}

const model = new Forecast();
const lossFn = new nn.MSELoss();
const optimizer = new optim.Adam(model.parameters(), { lr: 0.01 });
console.log(model);

for (let epoch = 1; epoch <= 150; ++epoch) {
  // What a step makes is freed at the end of its scope.
  const loss = torch.scope(() => {
    const loss = lossFn(model(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    return loss.item();
  });
  unroll.log({ loss });
  if (epoch % 50 === 0) console.log(`epoch ${epoch}  loss ${loss.toFixed(5)}`);
}

// Each forecast is part of the next input.
const forecast = torch.noGrad(() => {
  let window = x.at('-1:');
  const values = [];
  for (let step = 0; step < 60; ++step) {
    const next = model(window);
    values.push(next.item());
    window = torch.cat([window.at(':', '1:'), next.at(null)], 1);
  }
  return values;
});

const truth = forecast.map((_, step) => Math.sin((399 + step) * 0.1));
const errors = truth.map((value, step) => Math.abs(value - forecast[step]));
const off = errors.reduce((sum, error) => sum + error) / errors.length;
console.log(`60 steps ahead, off by ${off.toFixed(2)} on average`);
unroll.figure(drawn({ truth, forecast }), 'The sine and the forecast of the GRU, 60 steps ahead');

function drawn(lines) {
  const colors = { truth: '#8a94a6', forecast: '#e8590c' };
  const paths = Object.entries(lines).map(([name, values]) => {
    const points = values.map((value, step) => `${20 + step * 6} ${(70 - value * 50).toFixed(1)}`);
    return `<path d="M${points.join('L')}" fill="none" stroke="${colors[name]}" stroke-width="2"/>`;
  });
  const names = Object.keys(lines).map(
    (name, i) => `<text x="${20 + i * 80}" y="146" font-size="12" fill="${colors[name]}">${name}</text>`,
  );
  return `<svg viewBox="0 0 400 156"><rect width="400" height="156" fill="var(--unroll-paper, #fff)"/>${paths.join('')}${names.join('')}</svg>`;
}
