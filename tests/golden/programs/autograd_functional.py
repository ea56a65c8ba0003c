"""Jacobians, gradient checks, checkpoints, torch.func, anomaly detection and second derivatives of layers."""
import torch, warnings
from torch import nn
warnings.simplefilter("ignore")
F=torch.autograd.functional
def tryit(f):
    try: r=f(); print("OK", r)
    except BaseException as e: print(type(e).__name__, str(e)[:300])
x=torch.tensor([1.,2.]); y=torch.tensor([3.,4.])
f=lambda a: a.exp().sum()
print(F.jacobian(lambda a: a**2*3, x)); print(F.jacobian(lambda a,b: a*b+1, (x,y))); print(F.jacobian(lambda a,b: (a*b, a.sum()), (x,y)))
print(F.hessian(lambda a: (a**3).sum(), x)); print(F.hessian(lambda a,b: (a**2*b).sum(), (x,y)))
print(F.vjp(lambda a: a**2, x, torch.ones(2))); print(F.jvp(lambda a: a**2, x, torch.ones(2)))
print(F.vhp(lambda a: (a**3).sum(), x, torch.ones(2))); print(F.hvp(lambda a: (a**3).sum(), x, torch.ones(2)))
print(F.hvp(lambda a,b: (a**3*b).sum(), (x,y), (torch.ones(2),torch.zeros(2))))
tryit(lambda: F.hessian(lambda a: a**2, x)); tryit(lambda: F.vjp(lambda a: a**2, x)); tryit(lambda: F.jacobian(lambda a: 3, x)); tryit(lambda: F.jacobian(lambda a: a, [3]))
tryit(lambda: F.vjp(lambda a: a**2, x, torch.ones(3)))
xx=x.clone().requires_grad_(); j=F.jacobian(lambda a: a**3, xx, create_graph=True); j.sum().backward(); print(xx.grad)
from torch.autograd import gradcheck, gradgradcheck
d=torch.randn(3,2,dtype=torch.float64,requires_grad=True)
print(gradcheck(torch.tanh,(d,)), gradcheck(lambda a: a.sin()*2, d), gradgradcheck(torch.tanh,(d,)))
class Bad(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x): ctx.save_for_backward(x); return x**2
    @staticmethod
    def backward(ctx,g): return g*3*ctx.saved_tensors[0]
print(gradcheck(Bad.apply,(d,),raise_exception=False))
tryit(lambda: str(gradcheck(torch.tanh,(x,))))
# checkpoint
from torch.utils.checkpoint import checkpoint, checkpoint_sequential
torch.manual_seed(0)
net=nn.Sequential(nn.Linear(4,8),nn.ReLU(),nn.Dropout(0.5),nn.Linear(8,8),nn.Tanh(),nn.Linear(8,1))
X=torch.randn(5,4,requires_grad=True)
def run(how):
    net.zero_grad(); X.grad=None; torch.manual_seed(1)
    how().sum().backward(); return X.grad.sum().item(), [p.grad.abs().sum().item() for p in net.parameters()]
for how in [lambda: net(X), lambda: checkpoint(net,X,use_reentrant=True), lambda: checkpoint(net,X,use_reentrant=False), lambda: checkpoint_sequential(net,3,X,use_reentrant=False), lambda: checkpoint_sequential(net,3,X,use_reentrant=True)]:
    a,b=run(how); print(round(a,4), [round(v,4) for v in b])
calls=[]
def g(a,k=1): calls.append(torch.is_grad_enabled()); return (a*k).exp()
checkpoint(g,X,use_reentrant=False,k=2).sum().backward(); print(calls); calls.clear()
checkpoint(g,X,use_reentrant=True).sum().backward(); print(calls)
tryit(lambda: checkpoint(g,X,use_reentrant=True,k=2))
# func
from torch.func import functional_call, grad, vjp, jacrev, hessian, grad_and_value
print(grad(f)(x), grad(grad(lambda a: a**3))(torch.tensor(2.)), grad_and_value(f)(x))
print(grad(lambda a,b:(a*b).sum(), argnums=(0,1))(x,y)); print(grad(lambda p: (p['w']*x).sum())({'w':y}))
print(jacrev(lambda a: a**2)(x)); print(hessian(f)(x)); o,fn=vjp(lambda a: a*2,x); print(o, fn(y))
m=nn.Linear(2,1); p={k:torch.ones_like(v) for k,v in m.named_parameters()}
print(functional_call(m,p,x), m.weight.sum()!=2)
print(grad(lambda p: functional_call(m,p,(x,)).sum())(dict(m.named_parameters())))
tryit(lambda: grad(lambda a:a)(x))
print(grad(f,has_aux=False)(x), grad(lambda a:(a.sum(),a*3),has_aux=True)(x))
# anomaly
print(torch.is_anomaly_enabled())
with torch.autograd.detect_anomaly():
    print(torch.is_anomaly_enabled())
    z=torch.tensor([-1.],requires_grad=True)
    tryit(lambda: torch.sqrt(z).sum().backward())
    tryit(lambda: (z*2).sum().backward())
torch.autograd.set_detect_anomaly(True); print(torch.is_anomaly_enabled()); torch.autograd.set_detect_anomaly(False)
with torch.autograd.set_detect_anomaly(True): pass
print(torch.is_anomaly_enabled())
# second derivative through recurrent layers
torch.manual_seed(0)
for kind in (nn.RNN, nn.LSTM, nn.GRU):
    r=kind(3,4,2,bidirectional=True).double(); I=torch.randn(5,2,3,dtype=torch.float64,requires_grad=True)
    out=r(I)[0]; g1,=torch.autograd.grad((out**2).sum(),I,create_graph=True); (g1**2).sum().backward()
    print(kind.__name__, I.grad.sum(), r.weight_hh_l1.grad.abs().sum())
    h0=torch.randn(4,2,4,dtype=torch.float64,requires_grad=True); st=(h0,h0*2) if kind is nn.LSTM else h0
    pk=nn.utils.rnn.pack_padded_sequence(I,[5,3]); o,s=r(pk,st); s=s[1] if kind is nn.LSTM else s
    g2=torch.autograd.grad((o.data**2).sum()+s.sin().sum(),[I,h0],create_graph=True); q=torch.autograd.grad(sum((t**2).sum() for t in g2),[I,h0,r.weight_ih_l0]); print([t.sum() for t in q])
c=nn.LSTMCell(3,4); I=torch.randn(2,3,requires_grad=True); h,cc=c(I); g1,=torch.autograd.grad(h.sum(),I,create_graph=True); (g1**2).sum().backward(); print(c.weight_ih.grad.abs().sum())
r=nn.LSTM(3,4,proj_size=2,batch_first=True); I=torch.randn(2,5,3,requires_grad=True); g1,=torch.autograd.grad(r(I)[0].sum(),I,create_graph=True); g1.norm().backward(); print(r.weight_hr_l0.grad.abs().sum())
