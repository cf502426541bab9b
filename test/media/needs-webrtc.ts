// Skips the importing test file in browsers without peer connections, such as Debian's WebKit.
before(function () {
  if (!('RTCPeerConnection' in window)) this.skip();
});
