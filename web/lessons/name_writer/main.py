import torch
import torch.nn as nn
from torch.nn.utils.rnn import pad_sequence

towns = """aberdeen alnwick appleby ashford banbury barnstaple bedford beverley bideford blackburn bolton bradford bridgwater
brighton bromley burnley buxton cambridge canterbury carlisle chelmsford cheltenham chester chesterfield chichester
cirencester colchester coventry crawley darlington dartford derby doncaster dorchester dover dunstable durham eastbourne
exeter falmouth farnham gloucester grantham greenwich grimsby guildford halifax harrogate hartlepool hastings hereford
hertford huddersfield ipswich keighley kendal kettering lancaster leicester lichfield lincoln liverpool maidstone
manchester mansfield newbury newcastle northampton norwich nottingham oldham oxford penrith peterborough plymouth
portsmouth ramsgate reading richmond rochester rotherham salisbury scarborough sheffield shrewsbury southampton stafford
stockport sunderland swindon taunton tewkesbury torquay wakefield warwick wellington weymouth whitby winchester windsor
wolverhampton worcester worthing yarmouth""".split()

# "." begins and ends a name.
letters = "." + "".join(sorted(set("".join(towns))))
encoded = [torch.tensor([letters.index(letter) for letter in f".{town}."]) for town in towns]
data = pad_sequence(encoded, batch_first=True, padding_value=-1)
x, y = data[:, :-1].clamp(min=0), data[:, 1:]
print(f"{len(towns)} towns, {len(letters)} letters")


class Writer(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.embedding = nn.Embedding(len(letters), 16)
        self.gru = nn.GRU(16, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, len(letters))

    def forward(self, x, state=None):
        output, state = self.gru(self.embedding(x), state)
        return self.fc(output), state


torch.manual_seed(0)
model = Writer()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(1, 61):
    logits, _ = model(x)
    loss = nn.functional.cross_entropy(logits.transpose(1, 2), y, ignore_index=-1)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 10 == 0:
        print(f"step {step}  loss {loss.item():.3f}")


@torch.no_grad()
def invent(temperature):
    letter, state, name = torch.zeros(1, 1, dtype=torch.long), None, ""
    while len(name) < 20:
        logits, state = model(letter, state)
        share = torch.softmax(logits[0, -1] / temperature, dim=0)
        letter = torch.multinomial(share, 1).reshape(1, 1)
        if letter.item() == 0:
            break
        name += letters[letter.item()]
    return name.capitalize()


print()
for temperature in (0.4, 0.7, 1.0):
    names = [invent(temperature) for _ in range(8)]
    new = [name for name in names if name.lower() not in towns]
    print(f"temperature {temperature}: {', '.join(new)}")
