import http from 'node:http'; import fs from 'node:fs';
import { chromium } from 'playwright';
import { createPlatform } from '/work/main/demo/platform/platform.ts';
import { chromiumPath, CHROMIUM_ARGS } from '/work/main/test/browser/chromium.mjs';
const platform = createPlatform();
const server = http.createServer((q,r)=>{ if (platform.handle(q,r)) return; if(q.url==='/sdk.js'){r.setHeader('content-type','text/javascript');r.end(fs.readFileSync('/work/main/node_modules/@signalwire/js/dist/index.umd.js'));return;} r.setHeader('content-type','text/html'); r.end('<!doctype html><script src="/sdk.js"></script>'); });
server.on('upgrade',(q,s,h)=>{ if(!platform.upgrade(q,s,h)) s.destroy(); });
await new Promise<void>(r=>server.listen(0,'127.0.0.1',r));
const port=(server.address() as any).port;
const browser = await chromium.launch({executablePath: chromiumPath(), args: CHROMIUM_ARGS});
const ctx = await browser.newContext({permissions:['microphone','camera']});
const page = await ctx.newPage();
page.on('console', m=>console.log('PAGE', m.text().slice(0,300)));
await page.goto(`http://localhost:${port}/`);
const dest = process.argv[2] ?? '/public/echo';
const next = platform.nextCall();
const result = await page.evaluate(async (dest)=>{
  const t0=performance.now();
  const {token} = await (await fetch('/api/fabric/embeds/tokens',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({token:'c2c_demo'})})).json();
  const W = window as any;
  const client = await W.SignalWire.SignalWire({token, logLevel:'warn'});
  const call = await client.dial({to:dest, audio:true, video: dest.includes('video'), userVariables:{a:1}, rootElement: document.body});
  W.call=call;
  for (const e of ['call.state','active','hangup','destroy','call.joined','media.connected','room.joined','verto.display']) call.on(e,(x:any)=>console.log(e, Math.round(performance.now()-t0), x?.call_state??''));
  try { await call.start(); return 'joined '+Math.round(performance.now()-t0) } catch(e:any) { return 'rejected '+JSON.stringify(e)+e?.message }
}, dest);
console.log(result);
const call = await next;
if (call.state==='answered') {
await call.until(c=>c.mediaUp);
console.log('up', call.describe());
console.log('loud', await call.untilLoudness(l=>l>0.001));
await page.evaluate(()=> (window as any).call.sendDigits('12#'));
await call.until(c=>c.dtmf==='12#');
await new Promise(r=>setTimeout(r,2500));
console.log(await page.evaluate(async()=>{ const pc=(window as any).call.peer.instance; const out:any[]=[]; (await pc.getStats()).forEach((s:any)=>{ if(s.type==='inbound-rtp'||(s.type==='candidate-pair'&&s.nominated)||s.type==='local-candidate'||s.type==='remote-candidate') out.push(JSON.stringify({type:s.type,kind:s.kind,e:s.totalAudioEnergy,p:s.packetsReceived,lost:s.packetsLost,disc:s.packetsDiscarded,conc:s.concealedSamples,tot:s.totalSamplesReceived,jb:s.jitterBufferDelay/s.jitterBufferEmittedCount,fd:s.framesDecoded,nack:s.nackCount,pli:s.pliCount,addr:s.address,port:s.port,ct:s.candidateType,st:s.state,l:s.localCandidateId,id:s.id,r:s.remoteCandidateId}))}); return out.join('\n') }));
console.log(call.describe());
await page.evaluate(()=> (window as any).call.hangup());
}
console.log('end', call.describe());
await browser.close();
platform.close(); server.close(); server.closeAllConnections();
const t=Date.now(); process.on('exit',()=>console.log('exit after',Date.now()-t));
setTimeout(()=>{console.log('STILL', process.getActiveResourcesInfo())},3000).unref();
