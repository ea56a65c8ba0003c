import { cpSync, writeFileSync, mkdtempSync } from 'node:fs';
import { serve } from './wasm-bindings/setup/serve.mjs'; import { openBrowser } from './tests/web/browser.mjs';
const f=mkdtempSync('/tmp/tr-'); cpSync('dist',f,{recursive:true,preserveTimestamps:true});
writeFileSync(f+'/first.html',`<!doctype html><link rel="icon" href="data:,"><script type=module>import './unroll.js';const p=document.querySelector('unroll-panel');console.debug('T','panel',performance.timeOrigin+performance.now());p.addEventListener('unroll-output',()=>{if(!window.fl){window.fl=performance.now();console.debug('T','OUT',performance.timeOrigin+performance.now())}});window.result=p.run();</script><unroll-panel><pre>
import torch
import torch.nn as nn

lstm = nn.LSTM(8, 16, batch_first=True)
output, (hidden, cell) = lstm(torch.randn(4, 10, 8))
print(output.shape)
</pre></unroll-panel>`);
const s=await serve(f); const {browser,close}=await openBrowser();
for (let i=0;i<Number(process.env.N??4);i++){ const page=await browser.newPage(); const log=[]; page.on('console',m=>{const t=m.text(); if(t.startsWith('T ')) log.push(t.slice(2)); else console.log(t.slice(0,200))});
 await page.goto(s.url+'/first.html'); const st=await page.evaluate(async()=>[(await window.result).status,performance.timeOrigin,window.fl]); await new Promise(r=>setTimeout(r,i?500:4000));
 if (i===0||i===1||i>=Number(process.env.N??4)-1) console.log('visit',i,st[0],Math.round(st[2]),'\n  '+log.map(l=>{const k=l.lastIndexOf(' ');return [Number(l.slice(k))-st[1],l.slice(0,k)]}).sort((a,b)=>a[0]-b[0]).map(([t,n])=>Math.round(t)+' '+n).join('\n  ')); else console.log('visit',i,Math.round(st[2]));
 await page.close(); }
await close(); await s.close();
