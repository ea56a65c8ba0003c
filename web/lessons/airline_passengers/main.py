import matplotlib.pyplot as plt
import torch
import torch.nn as nn

# Airline passengers a month in thousands, 1949 to 1960
# (Box and Jenkins, 1976).
passengers = torch.tensor([float(number) for number in """
112 118 132 129 121 135 148 148 136 119 104 118   115 126 141 135 125 149 170 170 158 133 114 140
145 150 178 163 172 178 199 199 184 162 146 166   171 180 193 181 183 218 230 242 209 191 172 194
196 196 236 235 229 243 264 272 237 211 180 201   204 188 235 227 234 264 302 293 259 229 203 229
242 233 267 269 270 315 364 347 312 274 237 278   284 277 317 313 318 374 413 405 355 306 271 306
315 301 356 348 355 422 465 467 404 347 305 336   340 318 362 348 363 435 491 505 404 359 310 337
360 342 406 396 420 472 548 559 463 407 362 405   417 391 419 461 472 535 622 606 508 461 390 432""".split()])

# The swing of a year grows with the level, so the network learns
# logarithms, as changes against the year before.
YEAR, AHEAD = 12, 24
log = passengers.log()
change = log[YEAR:] - log[:-YEAR]
known = change[:-AHEAD]
mean, spread = known.mean(), known.std()
scaled = (known - mean) / spread
x = scaled.unfold(0, YEAR, 1)[:-1].unsqueeze(2)
y = scaled[YEAR:].unsqueeze(1)
print(f"{len(passengers)} months, {len(x)} windows of {YEAR} to learn from, {AHEAD} months to forecast")


class Forecaster(nn.Module):
    def __init__(self, hidden=16):
        super().__init__()
        self.lstm = nn.LSTM(1, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, 1)

    def forward(self, x):
        output, _ = self.lstm(x)
        return self.fc(output[:, -1])


torch.manual_seed(0)
model = Forecaster()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01, weight_decay=0.01)
for epoch in range(1, 61):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 10 == 0:
        print(f"epoch {epoch}  loss {loss.item():.3f}")

# Month after month, from its own answers.
window, forecast = scaled[-YEAR:].tolist(), log[:-AHEAD].tolist()
with torch.no_grad():
    for _ in range(AHEAD):
        answer = model(torch.tensor(window[-YEAR:]).reshape(1, YEAR, 1)).item()
        window.append(answer)
        forecast.append(forecast[-YEAR] + answer * spread.item() + mean.item())
forecast = torch.tensor(forecast[-AHEAD:]).exp()
truth = passengers[-AHEAD:]
error = ((forecast - truth).abs() / truth).mean()
same_as_last_year = ((passengers[-AHEAD - YEAR : -YEAR] - truth).abs() / truth).mean()
print(f"off by {error:.1%} on average; last year's numbers would be off by {same_as_last_year:.1%}")

years = [1949 + month / 12 for month in range(len(passengers))]
plt.figure(figsize=(7, 3))
plt.plot(years, passengers, label="passengers")
plt.plot(years[-AHEAD:], forecast, "--", label="forecast")
plt.title("Airline passengers, thousands a month")
plt.legend(loc="upper left")
plt.grid(True, alpha=0.3)
plt.show()
