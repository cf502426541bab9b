// The far end of one call as a WebRTC peer: takes the caller's offer, answers it, carries Opus both ways and sends
// the caller's own VP8 back. What is said is the voice's business, what is heard goes to the hearing.
// Promises to be reached from a browser on the same machine, with or without a network, and to leave no socket
// behind when closed. Must not know stories or signalling.
import {
  RTCPeerConnection,
  type RTCIceTransport,
  RtpHeader,
  RtpPacket,
  useOPUS,
  useSdesMid,
  useVP8,
  type MediaStreamTrack,
  type RTCRtpTransceiver,
} from 'werift';
import type { Hearing } from './hearing.js';
import { Voice } from './voice.js';

export class FarEnd {
  readonly #peer: RTCPeerConnection;
  readonly #hearing: Hearing;
  #audio: RTCRtpTransceiver | undefined;
  readonly voice: Voice;
  /** Settles when media can flow. Stays pending when it never can. */
  readonly connected: Promise<void>;
  /** Called when the connection is lost for good. */
  onLost: () => void = () => {};

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
    this.#peer = new RTCPeerConnection({
      codecs: { audio: [useOPUS({ parameters: 'minptime=10;useinbandfec=1' })], video: [useVP8()] },
      headerExtensions: { audio: [useSdesMid()], video: [useSdesMid()] },
      iceServers: [],
      // An ordinary browser reaches us at the machine's own addresses; one that was told to use loopback, on a
      // machine without a network, only here.
      iceAdditionalHostAddresses: ['127.0.0.1'],
    });
    this.voice = new Voice((packet) => {
      const { payload, ...header } = packet;
      void this.#audio?.sender.sendRtp(new RtpPacket(new RtpHeader(header), payload)).catch(() => {});
    });
    this.connected = new Promise((resolve) => {
      this.#peer.connectionStateChange.subscribe((state) => {
        if (state === 'connected') resolve();
        if (state === 'failed') this.onLost();
      });
    });
    this.#peer.onRemoteTransceiverAdded.subscribe((transceiver) => {
      transceiver.setDirection('sendrecv');
      transceiver.onTrack.subscribe((track) => {
        if (transceiver.kind === 'audio') this.#takeAudio(track);
        else this.#takeVideo(track, transceiver);
      });
      if (transceiver.kind === 'audio') this.#audio = transceiver;
    });
  }

  /** Takes an offer with all its candidates, the first or a later one, and gives the complete answer. */
  async answer(offer: string): Promise<string> {
    await this.#peer.setRemoteDescription({ type: 'offer', sdp: offer });
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    const sdp = this.#peer.localDescription?.sdp;
    if (!sdp) throw new Error('There is no answer to this offer.');
    return sdp;
  }

  async close(): Promise<void> {
    this.onLost = () => {};
    this.voice.hush();
    endHandshakes(this.#peer);
    await this.#peer.close();
  }

  /** The sockets that carry everything. */
  #wires(): Wire[] {
    return this.#peer.dtlsTransports.flatMap(({ iceTransport }) => wiresOf(iceTransport));
  }

  /** Lets nothing through any more, or lets it through again: as a firewall that closes. */
  block(blocked: boolean): void {
    for (const { transport } of this.#wires()) {
      if (blocked) Object.assign(transport, { open: { send: transport.send, onData: transport.onData } });
      Object.assign(transport, blocked ? { send: async () => {}, onData: () => {} } : transport.open);
    }
  }

  /** Loses its addresses: the far end is in another network now, where only a new agreement can reach it. */
  async move(): Promise<void> {
    const wires = this.#wires();
    for (const { iceTransport } of this.#peer.dtlsTransports)
      Object.assign(iceTransport.connection, { protocols: [] });
    await Promise.all(wires.map((wire) => wire.close()));
  }

  #takeAudio(track: MediaStreamTrack): void {
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      this.#hearing.audio(payload);
      this.voice.hear(payload, header.timestamp);
    });
  }

  #takeVideo(track: MediaStreamTrack, { sender, receiver }: RTCRtpTransceiver): void {
    let skipped = 0;
    const askForKeyFrame = (): void => {
      if (track.ssrc) void receiver.sendRtcpPLI(track.ssrc).catch(() => {});
    };
    track.onReceiveRtp.once(askForKeyFrame);
    // The caller's decoder of the echo asks us; only the caller's own encoder can help it.
    sender.onPictureLossIndication.subscribe(askForKeyFrame);
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      // Padding carries no picture; sent on it would be a gap that the browser asks to be filled.
      if (payload.length === 0) return void skipped++;
      if (header.marker) this.#hearing.videoFrame();
      const copy = new RtpHeader({
        marker: header.marker,
        timestamp: header.timestamp,
        sequenceNumber: (header.sequenceNumber - skipped) & 0xffff,
      });
      void sender.sendRtp(new RtpPacket(copy, payload)).catch(() => {});
    });
  }
}

/** One socket of werift's ICE agent, which keeps them to itself. */
interface Wire {
  readonly transport: { send: unknown; onData: unknown; open?: object };
  close(): Promise<void>;
}

function wiresOf({ connection }: RTCIceTransport): Wire[] {
  return (connection as unknown as { protocols: Wire[] }).protocols;
}

/**
 * werift (0.24) repeats an unfinished DTLS handshake for half a minute, also when its peer is closed, and keeps the
 * process alive with it. A handshake that believes itself past its last flight stops. To be dropped when close()
 * does this by itself.
 */
function endHandshakes({ dtlsTransports }: RTCPeerConnection): void {
  const end = (): void => {
    for (const { dtls } of dtlsTransports) if (dtls) dtls.dtls.flight = Infinity;
  };
  end();
  // One may be about to begin: werift waits for 100 ms before it does.
  setTimeout(end, 200).unref();
}
