"""Small images are read row by row by an LSTM, with accuracy per epoch, as in MNIST lessons."""

import torch
import torch.nn as nn
import torch.utils.data as data

device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
sequence_length, input_size, hidden_size, num_layers, num_classes = 8, 8, 24, 2, 4
batch_size, num_epochs, learning_rate = 20, 6, 0.01
torch.manual_seed(0)


class Shapes(data.Dataset):
    """Bars, columns, diagonals and frames with noise."""

    def __init__(self, n, train=True, transform=None):
        generator = torch.Generator().manual_seed(1 if train else 2)
        self.targets = torch.randint(0, num_classes, (n,), generator=generator)
        self.data = torch.rand(n, 1, 8, 8, generator=generator) * 0.5
        at = torch.randint(1, 7, (n,), generator=generator)
        for image, target, k in zip(self.data, self.targets, at):
            if target == 0:
                image[0, k] += 1
            elif target == 1:
                image[0, :, k] += 1
            elif target == 2:
                image[0] += torch.eye(8)
            else:
                image[0, [0, -1]] += 1
                image[0, :, [0, -1]] += 1
        self.transform = transform

    def __len__(self):
        return len(self.targets)

    def __getitem__(self, index):
        image = self.data[index]
        if self.transform:
            image = self.transform(image)
        return image, int(self.targets[index])


normalize = lambda image: (image - 0.4) / 0.4
train_loader = data.DataLoader(dataset=Shapes(160, transform=normalize), batch_size=batch_size, shuffle=True)
test_loader = data.DataLoader(dataset=Shapes(60, False, normalize), batch_size=batch_size, shuffle=False)


class RNN(nn.Module):
    def __init__(self, input_size, hidden_size, num_layers, num_classes):
        super(RNN, self).__init__()
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.lstm = nn.LSTM(input_size, hidden_size, num_layers, batch_first=True)
        self.fc = nn.Linear(hidden_size, num_classes)

    def forward(self, x):
        h0 = torch.zeros(self.num_layers, x.size(0), self.hidden_size).to(device)
        c0 = torch.zeros(self.num_layers, x.size(0), self.hidden_size).to(device)
        out, _ = self.lstm(x, (h0, c0))
        return self.fc(out[:, -1, :])


model = RNN(input_size, hidden_size, num_layers, num_classes).to(device)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
total_step = len(train_loader)
for epoch in range(num_epochs):
    for i, (images, labels) in enumerate(train_loader):
        images = images.reshape(-1, sequence_length, input_size).to(device)
        labels = labels.to(device)
        outputs = model(images)
        loss = criterion(outputs, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (i + 1) % 4 == 0:
            print("Epoch [{}/{}], Step [{}/{}], Loss: {:.4f}".format(epoch + 1, num_epochs, i + 1, total_step, loss.item()))
model.eval()
with torch.no_grad():
    correct = 0
    total = 0
    for images, labels in test_loader:
        images = images.reshape(-1, sequence_length, input_size).to(device)
        labels = labels.to(device)
        outputs = model(images)
        _, predicted = torch.max(outputs.data, 1)
        total += labels.size(0)
        correct += (predicted == labels).sum().item()
    print("Test Accuracy over chance: {}".format(100 * correct / total > 50))
images, labels = next(iter(train_loader))
print(images.shape, images.dtype, labels)
