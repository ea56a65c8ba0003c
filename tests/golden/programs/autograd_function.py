"""Custom autograd functions run, refuse and go back as in PyTorch."""
import torch
from torch.autograd import Function
def tryit(f):
    try: r=f(); print("OK", r)
    except BaseException as e: print(type(e).__name__, str(e)[:400])
class A(Function):
    @staticmethod
    def forward(ctx, x, k): 
        ctx.k=k; ctx.save_for_backward(x); print(ctx.needs_input_grad, 1); return x*k
    @staticmethod
    def backward(ctx, g): 
        print(ctx.saved_tensors, ctx.needs_input_grad, ctx.name(), ctx.metadata); return g*ctx.k, None
x=torch.ones(2,requires_grad=True)
y=A.apply(x,3.)
y.sum().backward()
print(x.grad)
tryit(lambda: y.grad_fn.saved_tensors)
tryit(lambda: y.sum().backward())
class B(Function):
    @staticmethod
    def forward(ctx, x): return 3, x*2
    @staticmethod
    def backward(ctx, a, g): print(a); return g
tryit(lambda: B.apply(x))
class C(Function):
    @staticmethod
    def forward(ctx, x): return 3
    @staticmethod
    def backward(ctx, g): return g
tryit(lambda: C.apply(x))
class D(Function):
    @staticmethod
    def forward(ctx, x): return x*2
    @staticmethod
    def backward(ctx, g): return D.ret(g)
for ret in [lambda g:(g,g), lambda g:(g,None), lambda g: 3, lambda g: torch.ones(3), lambda g: (), lambda g: None, lambda g:[g], lambda g: g.double()]:
    D.ret=ret
    tryit(lambda: D.apply(x).sum().backward())
class E(Function):
    @staticmethod
    def forward(ctx, x, k): return x*2
    @staticmethod
    def backward(ctx, g): return g,g
tryit(lambda: E.apply(x,3).sum().backward())
tryit(lambda: E.apply(x).sum().backward())
class F_(Function): pass
tryit(lambda: F_.apply(x))
class G(Function):
    @staticmethod
    def forward(ctx,x): return x*1
tryit(lambda: G.apply(x).sum().backward())
class H(Function):
    @staticmethod
    def forward(ctx,x): 
        ctx.mark_dirty(x); return x*1
    @staticmethod
    def backward(ctx,g): return g
tryit(lambda: H.apply(x*1).sum().backward())
tryit(lambda: H.apply(x))
class H(Function):
    @staticmethod
    def forward(ctx,x): 
        x.mul_(2); ctx.mark_dirty(x); return x
    @staticmethod
    def backward(ctx,g): return g*2
tryit(lambda: H.apply(x))
z=x*1; w=H.apply(z); print(w is z, z)
class I(Function):
    @staticmethod
    def forward(ctx,x): 
        return x
    @staticmethod
    def backward(ctx,g): return g*2
tryit(lambda: I.apply(x))
class J(Function):
    @staticmethod
    def forward(ctx,x): 
        a,b=x*1,x*2
        ctx.mark_non_differentiable(b)
        ctx.save_for_backward(3); return a,b
    @staticmethod
    def backward(ctx,g,h): print(g,h); return g*2
tryit(lambda: J.apply(x))
class K(Function):
    @staticmethod
    def forward(x, n):
        return x*n, n
    @staticmethod
    def setup_context(ctx, inputs, output):
        print(inputs, output); ctx.n=inputs[1]; ctx.set_materialize_grads(False)
    @staticmethod
    def backward(ctx,g,h): print(g,h); return g, None
tryit(lambda: K.apply(x,2)[0].sum().backward())
from torch.autograd.function import once_differentiable
class L(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x); return x*x
    @staticmethod
    @once_differentiable
    def backward(ctx,g):
        x,=ctx.saved_tensors; print(x is X); return 2*x*g
X=x
g,=torch.autograd.grad(L.apply(x).sum(),x,create_graph=True); print(g)
tryit(lambda: g.sum().backward())
class M(Function):
    @staticmethod
    def forward(ctx, x): raise ValueError("bo")
tryit(lambda: M.apply(x))
class N(Function):
    @staticmethod
    def forward(ctx, x): return x*2
    @staticmethod
    def backward(ctx,g): raise KeyError("bo")
tryit(lambda: N.apply(x).sum().backward())
tryit(lambda: N.apply(x=x))
tryit(lambda: torch.ones(2).register_hook(print))
tryit(lambda: (x*2).register_post_accumulate_grad_hook(print))
for ret in [3, torch.ones(3), torch.ones(2).double(), torch.ones(2,dtype=torch.int64)]:
    q=x*2; q.register_hook(lambda g: ret)
    tryit(lambda: q.sum().backward())

