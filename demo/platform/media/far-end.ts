// The far end of one call as a WebRTC peer: answers the caller's offer, sends and receives Opus, and sends the caller's
// VP8 back. A browser on the same machine reaches it with or without a network.
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
import { OutgoingAudio } from './outgoing-audio.js';
import type { ReceivedMedia } from './received-media.js';

export class FarEnd {
  readonly #peer: RTCPeerConnection;
  readonly #received: ReceivedMedia;
  #audioTransceiver: RTCRtpTransceiver | undefined;
  /** What the caller hears. */
  readonly audio: OutgoingAudio;
  /** Resolves when media can flow; stays pending if it never can. */
  readonly connected: Promise<void>;
  /** Called when the connection has failed. */
  onLost: () => void = () => {};

  constructor(received: ReceivedMedia) {
    this.#received = received;
    this.#peer = new RTCPeerConnection({
      codecs: { audio: [useOPUS({ parameters: 'minptime=10;useinbandfec=1' })], video: [useVP8()] },
      headerExtensions: { audio: [useSdesMid()], video: [useSdesMid()] },
      iceServers: [],
      // A browser usually reaches the machine's own addresses. Without a network, a browser that allows loopback
      // reaches this one.
      iceAdditionalHostAddresses: ['127.0.0.1'],
    });
    this.audio = new OutgoingAudio((packet) => {
      const { payload, ...header } = packet;
      void this.#audioTransceiver?.sender
        .sendRtp(new RtpPacket(new RtpHeader(header), payload))
        .catch(() => {});
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
        if (transceiver.kind === 'audio') this.#receiveAudio(track);
        else this.#receiveVideo(track, transceiver);
      });
      if (transceiver.kind === 'audio') this.#audioTransceiver = transceiver;
    });
  }

  /** Answers an offer, the first or a later one. Offer and answer contain all their candidates. */
  async answer(offer: string): Promise<string> {
    await this.#peer.setRemoteDescription({ type: 'offer', sdp: offer });
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    const sdp = this.#peer.localDescription?.sdp;
    if (!sdp) throw new Error('werift produced no answer to this offer.');
    return sdp;
  }

  async close(): Promise<void> {
    this.onLost = () => {};
    this.audio.stop();
    endHandshakes(this.#peer);
    await this.#peer.close();
  }

  #sockets(): IceSocket[] {
    return this.#peer.dtlsTransports.flatMap(({ iceTransport }) => socketsOf(iceTransport));
  }

  /** Discards every packet in both directions, as a firewall would, until unblocked. */
  block(blocked: boolean): void {
    for (const { transport } of this.#sockets()) {
      if (blocked) Object.assign(transport, { open: { send: transport.send, onData: transport.onData } });
      Object.assign(transport, blocked ? { send: async () => {}, onData: () => {} } : transport.open);
    }
  }

  /** Closes the sockets, as if the far end had changed its network: only a renegotiation can reach it. */
  async move(): Promise<void> {
    const sockets = this.#sockets();
    for (const { iceTransport } of this.#peer.dtlsTransports)
      Object.assign(iceTransport.connection, { protocols: [] });
    await Promise.all(sockets.map((socket) => socket.close()));
  }

  #receiveAudio(track: MediaStreamTrack): void {
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      this.#received.addAudio(payload);
      this.audio.receive(payload, header.timestamp);
    });
  }

  #receiveVideo(track: MediaStreamTrack, { sender, receiver }: RTCRtpTransceiver): void {
    let skipped = 0;
    const requestKeyFrame = (): void => {
      if (track.ssrc) void receiver.sendRtcpPLI(track.ssrc).catch(() => {});
    };
    track.onReceiveRtp.once(requestKeyFrame);
    // The caller's decoder needs a key frame of the echo, which only the caller's own encoder can produce.
    sender.onPictureLossIndication.subscribe(requestKeyFrame);
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      // Padding is not sent back. Without renumbering, the browser would take its absence for packet loss.
      if (payload.length === 0) return void skipped++;
      if (header.marker) this.#received.addVideoFrame();
      const copy = new RtpHeader({
        marker: header.marker,
        timestamp: header.timestamp,
        sequenceNumber: (header.sequenceNumber - skipped) & 0xffff,
      });
      void sender.sendRtp(new RtpPacket(copy, payload)).catch(() => {});
    });
  }
}

/** A socket of werift's ICE agent. Not part of its public API. */
interface IceSocket {
  readonly transport: { send: unknown; onData: unknown; open?: object };
  close(): Promise<void>;
}

function socketsOf({ connection }: RTCIceTransport): IceSocket[] {
  return Reflect.get(connection, 'protocols') as IceSocket[];
}

/**
 * werift (0.24) retries an unfinished DTLS handshake for half a minute even after close(), which keeps the process
 * alive. A flight number past the last one stops it. Remove when werift's close() does this.
 */
function endHandshakes({ dtlsTransports }: RTCPeerConnection): void {
  const end = (): void => {
    for (const { dtls } of dtlsTransports) if (dtls) dtls.dtls.flight = Infinity;
  };
  end();
  // A handshake may be about to start: werift waits 100 ms before it does.
  setTimeout(end, 200).unref();
}
