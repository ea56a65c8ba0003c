import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assetName, onePanel, runCode } from './browser.mjs';
import { stopHere } from './in-page.mjs';

const { page, problems, site } = await onePanel();
const archive = assetName(/^python-rare-[\w-]+\.zip$/);
const asked = () => site.asked.filter((path) => path.endsWith(archive)).length;

test('what programs of lessons import, and what errors need, is there without the archive of rare modules', async () => {
  const { stdout, error } = await runCode(
    page,
    `# /// script
# dependencies = []
# ///
import argparse, base64, bisect, collections, copy, csv, dataclasses, datetime, decimal, fractions, functools, glob, gzip
import hashlib, heapq, io, itertools, json, logging, math, operator, os, pathlib, pickle, pprint, queue, random, re, secrets
import shutil, statistics, string, struct, sys, tempfile, textwrap, threading, time, timeit, traceback, types, typing
import unicodedata, urllib.parse, warnings, zipfile
import numpy, torch, torch.nn.functional, torch.utils.data, matplotlib.pyplot
print(datetime.datetime.strptime("2024-05-01", "%Y-%m-%d").strftime("%d %B"), "é".encode("latin-1"), statistics.mean([1, 2]))
for wrong in ("import jsn", "from json import lods", "pritn(1)", "torch.tesnor(1)", "[].apend(1)", "for x in range(3)", "x = (1", "whlie True: pass"):
    try:
        exec(wrong)
    except Exception:
        traceback.format_exc()
file = io.BytesIO()
torch.save({"a": torch.ones(2)}, file)
file.seek(0)
print(torch.load(file)["a"].sum().item())
matplotlib.pyplot.plot([1, 2])
matplotlib.pyplot.title('a < "b" & c')
matplotlib.pyplot.show()`,
  );
  assert.equal(error, null);
  assert.equal(stdout, "01 May b'\\xe9' 1.5\n2.0\n");
  assert.ok(await page.$('unroll-panel >>> svg[aria-label]'));
  const failed = await runCode(page, 'import math\nmath.sqroot(2)');
  assert.match(failed.stderr, /AttributeError: module 'math' has no attribute 'sqroot'/);
  assert.equal(asked(), 0);
});

test('an archive that does not come is an ImportError that says so', async () => {
  site.broken.add(archive);
  const { error } = await runCode(page, 'import xml.etree.ElementTree');
  assert.equal(error.type, 'ImportError');
  assert.match(error.message, /^xml could not be loaded: http\S+ answered 404$/);
  site.broken.clear();
});

const program = `import doctest, email.message, unittest.mock, xml.etree.ElementTree as tree
print(tree.fromstring("<a><b>text</b></a>").find("b").text, "ő".encode("cp1250"), unittest.mock.Mock(return_value=3)())`;
const expected = "text b'\\xf5' 3\n";

test('rare modules come at their first import, once', async () => {
  const before = asked();
  assert.equal((await runCode(page, program)).stdout, expected);
  assert.equal((await runCode(page, 'import unittest, pdb, html.parser\nprint("again")')).stdout, 'again\n');
  assert.equal(asked(), before + 1);
});

test('rare parts of torch and matplotlib lie there, too', async () => {
  const { stdout, error } = await runCode(
    page,
    `import torch, matplotlib.dates
from torch.nn.utils.parametrize import is_parametrized
from torch.nn.utils.prune import is_pruned
print(torch.distributions.Categorical(logits=torch.zeros(4)).probs, torch.testing.assert_close.__name__)
print(torch.distributions.__spec__.origin, is_parametrized(torch.nn.Linear(1, 1)), is_pruned(torch.nn.Linear(1, 1)))`,
  );
  assert.equal(error, null);
  assert.match(
    stdout,
    /^tensor\(\[0\.2500, 0\.2500, 0\.2500, 0\.2500\]\) assert_close\n\S*python-rare\.zip\S* False False\n$/,
  );
});

test('they come again after a Stop', async () => {
  await page.evaluate(stopHere, 'print("go", flush=True)\nwhile True: pass');
  assert.equal((await runCode(page, program)).stdout, expected);
});

test('a name that no module has is none here either', async () => {
  const { error } = await runCode(page, 'import xmlish');
  assert.equal(error.message, "No module named 'xmlish'");
});

test('the page reported no error but that of the archive that did not come', () => {
  assert.deepEqual(
    problems.filter((problem) => !/404/.test(problem)),
    [],
  );
});
