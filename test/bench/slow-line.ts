// A slow network between a browser and a server on this machine: every TCP connection passes through a relay that
// gives it a distance and a bandwidth. WebSockets are slowed as everything else; media (UDP) does not come by here.
// Promises that bytes keep their order. Must not know what they say.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

export interface LineOptions {
  /** There and back, in milliseconds; a new connection costs one of these before its first byte. */
  readonly roundTripMs: number;
  /** Towards the browser, shared by all connections. */
  readonly bytesPerSecond: number;
}

export interface SlowLine {
  readonly port: number;
  close(): void;
}

/** Opens a line to a port of this machine. */
export async function openSlowLine(to: number, options: LineOptions): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const downlink = { freeAtMs: 0 };
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: to, host: '127.0.0.1', noDelay: true });
    const readyAtMs = performance.now() + options.roundTripMs;
    carry(near, far, () => Math.max(performance.now(), readyAtMs) + options.roundTripMs / 2);
    carry(far, near, (bytes) => {
      downlink.freeAtMs =
        Math.max(performance.now(), downlink.freeAtMs) + (bytes / options.bytesPerSecond) * 1000;
      return downlink.freeAtMs + options.roundTripMs / 2;
    });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Passes on what one socket says to another, each piece at the time that `arrival` tells. */
function carry(from: Socket, to: Socket, arrival: (bytes: number) => number): void {
  const pieces: { readonly bytes: Buffer; readonly atMs: number }[] = [];
  let waiting = false;
  const deliver = (): void => {
    waiting = false;
    while (pieces[0] && pieces[0].atMs <= performance.now()) to.write(pieces.shift()!.bytes);
    if (!pieces[0]) return;
    waiting = true;
    setTimeout(deliver, pieces[0].atMs - performance.now());
  };
  from.on('data', (bytes: Buffer) => {
    pieces.push({ bytes, atMs: arrival(bytes.length) });
    if (!waiting) deliver();
  });
  from.on('error', () => to.destroy());
  from.once('close', () => to.destroy());
}
