"""The rules of all dtypes: promotion, wrap-around, limits, what is refused."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
i32 = torch.tensor([1, 2, 3], dtype=torch.int32)
u8 = torch.tensor([250, 2, 3], dtype=torch.uint8)
i8 = torch.tensor([-128, 2, 3], dtype=torch.int8)
i16 = torch.tensor([300, 2, 3], dtype=torch.int16)
h = torch.tensor([1.5, 2, 3], dtype=torch.half, requires_grad=True)
b = torch.tensor([1.5, 2, 3], dtype=torch.bfloat16)
f = torch.tensor([1.0, 2, 3])
l = torch.tensor([1, 2, 3])
d = torch.tensor([1.0, 2, 3], dtype=torch.float64)

EXPRESSIONS = """
u8+300
u8+u8
u8+i8
u8-i32
i8+i16
u8+1.5
u8/2
u8//2
u8%3
u8==300
u8<300
u8<-1
i8*2
abs(i8)
-u8
~u8
u8+l
i32*f
h+f
h+d
h+b
b*2.5
h+torch.tensor(2.0)
h+torch.tensor(2.0,dtype=torch.float64)
h*2
h.sum()
u8.sum()
i32.prod()
i32.cumsum(0)
i32.mean()
h.mean()
i32.max()
i32.max(0)
i32.sort()
i32.topk(2)
i32.argmax()
u8.float()
h.int()
torch.tensor([300],dtype=torch.uint8)
torch.tensor([-1],dtype=torch.uint8)
torch.tensor([300],dtype=torch.int8)
torch.tensor([300.7],dtype=torch.uint8)
torch.tensor([1e10],dtype=torch.int32)
torch.tensor([2**31],dtype=torch.int32)
torch.tensor([70000.],dtype=torch.half)
torch.full((2,),300,dtype=torch.int8)
torch.full((2,),300,dtype=torch.uint8)
torch.full((2,),-1,dtype=torch.uint8)
torch.full((2,),1e10,dtype=torch.half)
i8.clone().fill_(1.7)
torch.arange(5,dtype=torch.uint8)
torch.arange(5,dtype=torch.half)
torch.arange(0,1,0.25,dtype=torch.bfloat16)
torch.linspace(0,1,5,dtype=torch.half)
i32.__iadd__(1.5)
h.detach().add_(1)
i8.clone().add_(f)
i8.clone().add_(l)
f[i32]
f[u8.clone().fill_(1)]
f[i8]
f[i16]
f.index_select(0,torch.tensor([0],dtype=torch.int32))
f.gather(0,i32)
f.scatter(0,torch.tensor([0],dtype=torch.int32),1.0)
F.embedding(torch.tensor([0],dtype=torch.int32),torch.ones(3,2))
F.embedding(torch.tensor([0],dtype=torch.uint8),torch.ones(3,2))
F.embedding(torch.tensor([0],dtype=torch.int16),torch.ones(3,2))
F.embedding(torch.tensor([0.]),torch.ones(3,2))
F.cross_entropy(torch.ones(2,3),torch.tensor([0,1],dtype=torch.int32))
F.nll_loss(torch.ones(2,3),torch.tensor([0,1],dtype=torch.int32))
F.nll_loss(torch.ones(2,3),torch.tensor([0,1],dtype=torch.uint8))
F.cross_entropy(torch.ones(2,3),torch.tensor([0,1],dtype=torch.uint8))
F.cross_entropy(torch.ones(2,3),torch.tensor([0,1],dtype=torch.int16))
F.one_hot(i32)
F.one_hot(i32.long())
i32@f
i32.view(1,3)@l.view(3,1)
i32.view(1,3)@i32.view(3,1)
h.view(1,3)@f.view(3,1)
F.linear(h.view(1,3),f.view(1,3))
torch.where(u8>5,i8,i16)
torch.where(u8,f,f)
f.masked_fill(u8,0)
f.masked_select(u8)
torch.cat([u8,i8])
torch.cat([h,i8])
torch.stack([u8,u8])
torch.result_type(u8,i8)
torch.result_type(i8,1.5)
torch.result_type(h,1.5)
torch.promote_types(torch.uint8,torch.int8)
torch.can_cast(torch.float,torch.int)
torch.can_cast(torch.int,torch.uint8)
torch.finfo(torch.half)
torch.finfo(torch.bfloat16)
torch.finfo(torch.float32)
torch.finfo(torch.float64)
torch.iinfo(torch.uint8)
torch.iinfo(torch.int16)
torch.randint(0,255,(3,),dtype=torch.uint8)
torch.rand(3,dtype=torch.half)
torch.rand(3,dtype=torch.bfloat16)
torch.randn(3,dtype=torch.half)
torch.randn(3,dtype=torch.bfloat16)
torch.randperm(4,dtype=torch.int32)
torch.empty(3,dtype=torch.int8).random_()
torch.empty(3,dtype=torch.half).random_()
torch.empty(3,dtype=torch.int64).random_()
torch.empty(3,dtype=torch.float32).random_()
torch.empty(3,dtype=torch.int32).uniform_()
torch.bernoulli(torch.ones(2,dtype=torch.half)*0.5)
torch.ones(2,dtype=torch.uint8).bernoulli_(0.5)
u8.type()
i32.type(torch.FloatTensor).type()
f.type('torch.IntTensor')
f.half()
f.bfloat16()
f.short()
f.char()
f.byte()
torch.ByteTensor([1,2])
torch.HalfTensor(2).dtype
torch.IntTensor(3,2).dtype
torch.CharTensor([1])
torch.BFloat16Tensor([1])
torch.cuda.FloatTensor(2)
torch.tensor([1],dtype=torch.int32).item()
h[0].item()
h.tolist()
torch.tensor([1.1,2.2,1e-5],dtype=torch.half)
torch.tensor([1.1,2.2,1e-5],dtype=torch.bfloat16)
torch.tensor(1.1,dtype=torch.half)
torch.tensor([],dtype=torch.uint8)
torch.tensor(5,dtype=torch.uint8)
torch.exp(i32)
torch.sigmoid(h)
torch.softmax(h,0)
h.std()
torch.relu(i8)
i8.clamp(0,1)
i32.sqrt()
u8 & 3
i32**2
i32**-1
2**u8
u8.bool()
u8.any()
u8.all()
torch.all(u8)
i32.all()
u8.logical_not()
u8.nonzero()
torch.equal(u8,u8)
i32.var()
i32.norm()
h.norm()
torch.get_rng_state().dtype
torch.zeros(2,dtype=torch.int32)-torch.zeros(2,dtype=torch.bool)
i32.element_size()
h.to(torch.float64)
i32.to(h)
i32 == l
i32.equal(l)
torch.dot(i32,l)
torch.bmm(i32.view(1,1,3),l.view(1,3,1))
torch.nn.functional.mse_loss(h,f)
torch.tensor([True]).int()+True
u8.clone().fill_(300)
torch.nn.Linear(3, 1)(i32)
torch.nn.Linear(3, 1)(d)
i32.clone().requires_grad_()
torch.tensor([1.0, float("nan"), float("inf"), -1e-7], dtype=torch.half)
torch.tensor([1.0, float("nan"), float("inf"), 1e-30], dtype=torch.bfloat16)
torch.arange(-3, 3, dtype=torch.int8).abs_()
u8.t(), u8.view(3, 1).expand(3, 2), u8.flip(0), u8.repeat(2)
torch.ones(2, 2, dtype=torch.half).t().contiguous()
i16[1:], i16[i16 > 2], i16[torch.tensor([2, 0])]
torch.tensor([[1, 2], [3, 4]], dtype=torch.int16).gather(1, torch.tensor([[0], [1]]))
torch.zeros(4, dtype=torch.uint8).scatter_add(0, torch.tensor([1, 1, 2]), u8)
torch.zeros(4, dtype=torch.half).index_add(0, i32, h.detach())
torch.zeros(3, dtype=torch.int32).index_put_((torch.tensor([0, 0]),), torch.tensor([2, 3], dtype=torch.int32), accumulate=True)
F.pad(u8, (1, 1), value=7)
torch.tril(torch.ones(2, 2, dtype=torch.int32))
torch.full_like(u8, 3), torch.zeros_like(h), torch.empty_like(i8).fill_(2)
i32.new_zeros(2), i32.new_tensor([4])
u8.sum(dtype=torch.int32), u8.sum(dtype=torch.uint8), u8.prod(dtype=torch.float64), u8.cumsum(0, dtype=torch.int8)
F.softmax(b, 0), F.softmax(i32, 0, dtype=torch.float32)
i32.min(), i32.argmin(0), i8.max(0).indices.dtype
torch.maximum(i8, i16), torch.minimum(h, b).dtype
torch.allclose(h, h), torch.equal(i32, i32.clone())
u8.is_floating_point(), h.is_floating_point(), h.dtype.is_signed, u8.dtype.is_signed
torch.sign(i8), torch.square(i16), torch.clamp(u8, max=100)
h.double().dtype, h.long(), i8.to(torch.uint8)
torch.bincount(i32)
i32.tolist(), u8.item() if u8.numel() == 1 else len(u8)
torch.tensor([1, 2], dtype=torch.int32).dtype, torch.tensor([1, 2], dtype=torch.short)
torch.int32, torch.short, torch.half, torch.float16, torch.uint8
torch.empty(2, 3, dtype=torch.bfloat16).shape
torch.cat([i32, l]), torch.cat([i8, f]).dtype, torch.stack([h.detach(), h.detach() * 2])
torch.eye(2, dtype=torch.int8)
torch.where(f > 1, h, 0.0)
[name for name in ("ByteTensor", "BFloat16Tensor") if isinstance(getattr(torch, name)([1]), getattr(torch, name))]
"""

for line in EXPRESSIONS.strip().splitlines():
    try:
        print(line, "->", eval(line))
    except Exception as error:
        print(line, "raises", type(error).__name__, str(error).splitlines()[0])

# Half precision trains: gradients arrive in half, and accumulate.
model = torch.nn.Linear(3, 2).half()
with torch.no_grad():
    for parameter in model.parameters():
        parameter.fill_(0.25)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
for step in range(3):
    loss = (model(torch.ones(2, 3, dtype=torch.half)) - 2).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(loss, model.weight.grad.dtype, model.bias)
x = torch.tensor([1.0, 2.0], dtype=torch.bfloat16, requires_grad=True)
(x * x).sum().backward()
x.exp().sum().backward()
print(x.grad)
y = torch.zeros(3, dtype=torch.int16)
y[1:] = 7
y += 2
y *= 3
y[0] -= 1
print(y, y._version > 0)
