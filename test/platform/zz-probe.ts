import { it } from 'node:test';
import { createCaller } from '/work/main/test/platform/caller.ts';
it('probe', async () => {
  const t0 = Date.now();
  const caller = await createCaller({ pace: 0.3 });
  console.log('created', Date.now()-t0);
  const phone = await caller.open();
  await phone.dial('/public/tone');
  console.log('started', await phone.started(), Date.now()-t0);
  await phone.untilInbound('audio', 'packetsReceived', 150);
  console.log('150', Date.now()-t0);
  console.log(await phone.page.evaluate(async()=>{for (const r of (await (window as any).call.peer.instance.getStats()).values()) if(r.type==='inbound-rtp') return JSON.stringify(r)}));
  await phone.tell('hangup');
  await caller.close();
  console.log('closed', Date.now()-t0, process.getActiveResourcesInfo());
  setInterval(()=>console.log('STILL', Date.now()-t0, process.getActiveResourcesInfo().join()),2000).unref();
});
