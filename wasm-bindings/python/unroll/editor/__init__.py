"""What the editor asks about a program that is being written; see unroll/assist.py.

text.py finds what stands around the cursor, scopes.py which names are bound where, infer.py what an
expression would give; complete.py and explain.py answer. The program is read and never run: of a
learner's own objects, those of the last run, only what needs no call is looked at.
"""
