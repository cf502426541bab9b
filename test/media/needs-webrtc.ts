// Skips the whole file that imports it where the browser has no peer connections, as Debian's WebKit.
before(function () {
  if (!('RTCPeerConnection' in window)) this.skip();
});
