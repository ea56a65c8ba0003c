"""Hooks on tensors, nodes, modules and saved tensors see and change what they do in PyTorch."""
import torch, torch.nn as nn
torch.manual_seed(0)
def tryit(f):
    try: r=f(); print("OK", r)
    except BaseException as e: print(type(e).__name__, str(e)[:400])
x=torch.tensor([1.,2.],requires_grad=True)
log=[]
h=x.register_hook(lambda g: print("hook1", g))
h2=x.register_hook(lambda g: g*10)
h3=x.register_hook(lambda g: print("hook3", g))
(x*x).sum().backward(); print(x.grad)
h.remove(); x.grad=None
(x*x).sum().backward(); print(x.grad)
h2.remove(); h3.remove()
x.grad=None
with x.register_hook(lambda g: -g):
    (x*x).sum().backward(); print(x.grad)
x.grad=None; (x*x).sum().backward(); print(x.grad)
y=x*2
y.register_hook(lambda g: print("y", g)); y.retain_grad()
y.register_hook(lambda g: g+1)
z=(y**2).sum(); z.backward(); print(y.grad, x.grad)
# chunks: hook on second output
a,b=(x*3).chunk(2); b.register_hook(lambda g: print('b',g)); b.retain_grad()
(a*b).sum().backward(); print(b.grad, a.grad if a.retains_grad else None)
y=x*2; y.register_hook(lambda g: print("before inplace", g)); y.mul_(3); y.register_hook(lambda g: print("after inplace", g)); y.sum().backward()
p=nn.Parameter(torch.ones(2)); p.register_post_accumulate_grad_hook(lambda t: print("acc", t.grad, t is p))
p.sum().backward(); p.sum().backward()
tryit(lambda: [h for h in [x.register_hook(lambda g: 1/0)]] and (x*1).sum().backward())
x=torch.tensor([1.,2.],requires_grad=True)
y=x.exp(); 
def hk(gi, go): print("post", gi, go)
def pre(go): print("pre", go); return (go[0]*2,)
y.grad_fn.register_hook(hk); y.grad_fn.register_prehook(pre)
y.sum().backward(); print(x.grad)
fn=(x*3+1).mean().grad_fn
while fn is not None:
    print(fn.name(), [ (f.name() if f else None, i) for f,i in fn.next_functions]); fn=fn.next_functions[0][0] if fn.next_functions else None
y=x*3; print(y.grad_fn is y.grad_fn, y.grad_fn==y.grad_fn, y.grad_fn.metadata)
print(isinstance(y.grad_fn, torch.autograd.graph.Node), isinstance(3, torch.autograd.graph.Node))
# modules
class Net(nn.Module):
    def __init__(s):
        super().__init__(); s.a=nn.Linear(2,3); s.b=nn.Linear(3,1)
    def forward(s,x, k=1.): return s.b(torch.tanh(s.a(x)))*k
net=Net()
def fwd(m,i,o): print("fwd", type(m).__name__, [t.shape for t in i], o.shape)
def bwd(m,gi,go): print("bwd", type(m).__name__, [None if t is None else t.shape for t in gi], [t.shape for t in go])
hs=[m.register_forward_hook(fwd) for m in net.modules()]+[m.register_full_backward_hook(bwd) for m in net.modules()]
X=torch.randn(4,2,requires_grad=True)
net(X).sum().backward(); print(net.a.weight.grad)
net(torch.randn(4,2)).sum().backward()
for h in hs: h.remove()
hk=net.a.register_full_backward_hook(lambda m,gi,go: (gi[0]*0,)); X.grad=None; net(X).sum().backward(); print(X.grad); hk.remove()
hk=net.a.register_full_backward_hook(lambda m,gi,go: (gi[0],gi[0])); tryit(lambda: net(X).sum().backward()); hk.remove()
hk=net.a.register_full_backward_pre_hook(lambda m,go: (go[0]*0,)); X.grad=None; net(X).sum().backward(); print(X.grad); hk.remove()
hk=net.register_forward_pre_hook(lambda m,a,k: (a, {**k,'k':0.}), with_kwargs=True); print(net(X)); hk.remove()
hk=net.register_forward_hook(lambda m,a,k,o: print(k), with_kwargs=True, prepend=True); net(X,k=2.); hk.remove()
hk=net.register_forward_hook(lambda m,a,o: print("always", o), always_call=True); tryit(lambda: net(torch.ones(3,3))); hk.remove()
tryit(lambda: net.register_backward_hook(lambda *a: None))
from torch.nn.modules.module import register_module_forward_hook, register_module_full_backward_hook
g=register_module_forward_hook(lambda m,i,o: print("global", type(m).__name__))
net(X); g.remove(); net(X)
g=register_module_full_backward_hook(lambda m,i,o: print("gb", type(m).__name__)); net(X).sum().backward(); g.remove()
# saved tensors hooks
def pack(t): print("pack", t); return t*2
def unpack(t): print("unpack", t); return t/2
a=torch.tensor([3.],requires_grad=True)
with torch.autograd.graph.saved_tensors_hooks(pack,unpack):
    y=a*a
y.backward(); print(a.grad)
with torch.autograd.graph.save_on_cpu(): y=(a*a).sum()
y.backward()
# backward inputs, grads
a=torch.tensor(2.,requires_grad=True); b=torch.tensor(3.,requires_grad=True); c=a*b
(c*a).backward(inputs=[a]); print(a.grad,b.grad)
tryit(lambda: (a*b).backward(inputs=[]))
tryit(lambda: torch.autograd.grad(a*b, [a, torch.ones(1)]))
tryit(lambda: torch.autograd.grad(a*a, [a, b]))
tryit(lambda: torch.autograd.grad(a*a, [a, b], allow_unused=True))
tryit(lambda: torch.autograd.grad(a*a, [a, b], materialize_grads=True))
c=a*b; d=c*2; d.backward(inputs=[c]); print(c.grad)
class Boom(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x): return x*1
    @staticmethod
    def backward(ctx,g): raise ValueError("unneeded")
print(torch.autograd.grad(Boom.apply(a)+b, b))
import traceback
# reentrant
class R(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x): ctx.save_for_backward(x); return x**3
    @staticmethod
    def backward(ctx,g):
        x,=ctx.saved_tensors
        with torch.enable_grad():
            z=x.detach().requires_grad_(); (z**3).backward()
        return g*z.grad
a.grad=None; R.apply(a).backward(); print(a.grad)
grads=[]
u=torch.tensor(1.,requires_grad=True); v=torch.tensor(2.,requires_grad=True)
torch.autograd.graph.register_multi_grad_hook([u,v], lambda gs: print("multi", gs)); (u*v).backward()
for i in range(3):
    w=torch.ones(3,requires_grad=True); h=w*2; h.register_hook(lambda g: g.clamp(-1,1)); h.sum().backward()
print(w.grad)
