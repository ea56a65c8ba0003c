/** What of `unroll` a program needs where there is no panel: in Jupyter and Colab. */

/** Whether a program imports `unroll`. */
export const importsUnroll = (code: string): boolean => /^\s*(import|from)\s+unroll\b/m.test(code);

/** Python that puts a module in its place: log() prints, and figure() shows the picture. */
export const standIn = `# In a panel \`unroll\` draws the live plot; here its log() prints.
import sys, types

def log(values=None, /, *, step=None, **named):
    words = [f"{name} {float(value):.6g}" for name, value in {**(values or {}), **named}.items()]
    print(*([] if step is None else [f"step {step}:"]), *words)

def figure(svg, title="", id=None, data=None):
    try:
        from IPython.display import SVG, display
        display(SVG(svg))
    except ImportError:
        print(title)

unroll = sys.modules["unroll"] = types.ModuleType("unroll")
unroll.page = sys.modules["unroll.page"] = types.ModuleType("unroll.page")
unroll.log = unroll.page.log = log
unroll.page.figure = figure
del log, figure`;
