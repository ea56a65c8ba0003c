// wall and CPU (all of Chromium) of warm visits, per dist folder given, interleaved
import { cpSync, writeFileSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { serve } from './wasm-bindings/setup/serve.mjs'; import { openBrowser } from './tests/web/browser.mjs';
const page1=`<!doctype html><link rel="icon" href="data:,"><script type=module>import './unroll.js';const p=document.querySelector('unroll-panel');p.addEventListener('unroll-output',()=>{window.fl??=performance.now()});window.result=p.run();</script><unroll-panel><pre>
import torch
import torch.nn as nn

lstm = nn.LSTM(8, 16, batch_first=True)
output, (hidden, cell) = lstm(torch.randn(4, 10, 8))
print(output.shape)
</pre></unroll-panel>`;
const cpu=(root)=>{ const kids=new Map(); const t=new Map(); for(const p of readdirSync('/proc')) if(/^\d+$/.test(p)) try{ const s=readFileSync(`/proc/${p}/stat`,'utf8'); const f=s.slice(s.lastIndexOf(')')+2).split(' '); kids.set(+p,+f[1]); t.set(+p,(+f[11]+ +f[12]+ +f[13]+ +f[14])*10);}catch{} let sum=0; for(const [p] of kids){let q=p;while(q>1&&q!==root)q=kids.get(q)??0; if(q===root)sum+=t.get(p)} return sum};
const med=v=>[...v].sort((a,b)=>a-b)[v.length>>1];
const sites=[]; for(const d of process.argv.slice(2)){const f=mkdtempSync('/tmp/tr-'); cpSync(d,f,{recursive:true,preserveTimestamps:true}); writeFileSync(f+'/first.html',page1); const s=await serve(f); const b=await openBrowser(); sites.push({d,s,b,warm:[],cpu:[]});}
const visit=async(x)=>{const c0=cpu(x.b.browser.process().pid); const page=await x.b.browser.newPage(); await page.goto(x.s.url+'/first.html'); const fl=await page.evaluate(async()=>{await window.result;return window.fl}); const c=cpu(x.b.browser.process().pid)-c0; return {page,fl,c}};
for(const x of sites){const v=await visit(x); console.log(x.d,'cold',Math.round(v.fl),'cpu',v.c); await new Promise(r=>setTimeout(r,4000)); await v.page.close();}
for(let i=0;i<Number(process.env.N??8);i++) for(const x of sites){const v=await visit(x); if(i>1){x.warm.push(v.fl);x.cpu.push(v.c)} await new Promise(r=>setTimeout(r,300)); await v.page.close();}
for(const x of sites){console.log(x.d,'warm',x.warm.map(Math.round).join(' '),'median',Math.round(med(x.warm)),'min',Math.round(Math.min(...x.warm)),'cpu median',med(x.cpu)); await x.b.close(); await x.s.close();}
