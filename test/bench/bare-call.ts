// The steps of a call that no page can leave out, each made with the browser's own means and nothing beside it: the
// token exchange, the microphone, the session with the gateway, the offer with its candidates, the answer, the sound.
// Runs inside a page. Promises to do one step after the other, so that none makes another one slower.
// Must not know: the element, the SDK.

export interface BareSteps {
  /** The exchange, from nothing to a guest token: connection, preflight, request. */
  readonly exchangeMs: number;
  /** The same over a connection that is there. */
  readonly exchangeConnectedMs: number;
  readonly microphoneMs: number;
  /** WebSocket and admission. */
  readonly sessionMs: number;
  /** Peer connection, offer, all candidates. */
  readonly offerMs: number;
  /** From the invite on the wire to the answer. */
  readonly answerMs: number;
  /** From the answer to the first sound that is played. */
  readonly soundMs: number;
}

export interface BareCall {
  /** Origin of the token endpoint. */
  readonly host: string;
  readonly destination: string;
}

/** To be handed to `page.evaluate`: refers to nothing outside of itself. */
export async function bareCall({ host, destination }: BareCall): Promise<BareSteps> {
  let before = performance.now();
  const lap = (): number => {
    const after = performance.now();
    const ms = after - before;
    before = after;
    return ms;
  };

  const exchange = async (query: string) => {
    const reply = await fetch(`${host}/api/fabric/embeds/tokens${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: 'c2c_demo' }),
    });
    return ((await reply.json()) as { token: string }).token;
  };
  const token = await exchange('');
  const exchangeMs = lap();
  // To the browser another address, for which it has no preflight yet.
  await exchange('?again');
  const exchangeConnectedMs = lap();

  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const microphoneMs = lap();

  const { ch } = JSON.parse(atob(token.split('.')[0]!.replace(/-/g, '+').replace(/_/g, '/'))) as {
    ch: string;
  };
  const socket = new WebSocket(ch);
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  const ask = (method: string, params: object) =>
    socket.send(JSON.stringify({ jsonrpc: '2.0', id: crypto.randomUUID(), method, params }));
  /** The next message in which something is found. */
  const heard = <Found>(find: (message: unknown) => Found | undefined) =>
    new Promise<Found>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const found = find(JSON.parse(data as string));
        if (found !== undefined) resolve(found);
      });
    });
  const admitted = heard((message) => (message as { result?: { protocol?: string } }).result?.protocol);
  ask('signalwire.connect', {
    version: { major: 4, minor: 0, revision: 0 },
    event_acks: true,
    agent: 'bare',
    authentication: { jwt_token: token },
  });
  await admitted;
  const sessionMs = lap();

  const peer = new RTCPeerConnection({ iceServers: [] });
  const callID = crypto.randomUUID();
  for (const track of stream.getTracks()) peer.addTrack(track, stream);
  const gathered = new Promise<void>((resolve) => {
    peer.addEventListener('icecandidate', ({ candidate }) => candidate ?? resolve());
  });
  await peer.setLocalDescription(await peer.createOffer());
  await gathered;
  const answered = heard((message) => {
    const { params } =
      (message as { params?: { params?: { method?: string; params?: { sdp?: string } } } }).params ?? {};
    return params?.method === 'verto.answer' ? params.params?.sdp : undefined;
  });
  const offerMs = lap();

  ask('webrtc.verto', {
    callID,
    message: {
      jsonrpc: '2.0',
      id: crypto.randomUUID(),
      method: 'verto.invite',
      params: {
        sdp: peer.localDescription!.sdp,
        dialogParams: { callID, destination_number: destination, userVariables: {} },
      },
    },
  });
  const sdp = await answered;
  const answerMs = lap();

  const audio = new Audio();
  audio.autoplay = true;
  peer.addEventListener('track', ({ track }) => (audio.srcObject = new MediaStream([track])));
  await peer.setRemoteDescription({ type: 'answer', sdp });
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (!peer.getReceivers().some((receiver) => receiver.getSynchronizationSources().length)) return;
      clearInterval(timer);
      resolve();
    }, 2);
  });
  const soundMs = lap();
  for (const track of stream.getTracks()) track.stop();
  peer.close();
  socket.close();
  return { exchangeMs, exchangeConnectedMs, microphoneMs, sessionMs, offerMs, answerMs, soundMs };
}
