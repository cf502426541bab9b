// What a page can be missing before a call: one code each, the cause before its consequences.
import { expect } from 'chai';
import { preflight, surroundingsOf, type Needs, type Surroundings } from '../../src/call/preflight.js';
import { throws } from '../rejects.js';

const FINE: Surroundings = { secure: true, webrtc: true, online: true, allows: () => true };
const CALL: Needs = { media: true, video: false, local: false };

describe('preflight', () => {
  it('passes when everything is available', () => {
    expect(() => preflight(CALL, FINE)).to.not.throw();
    expect(() => preflight({ ...CALL, video: true }, FINE)).to.not.throw();
  });

  it('reports the insecure page, not the missing WebRTC that follows from it', () => {
    throws(() => preflight(CALL, { ...FINE, secure: false, webrtc: false }), 'preflight-insecure-context');
  });

  it('reports a browser without WebRTC', () => {
    throws(() => preflight(CALL, { ...FINE, webrtc: false }), 'preflight-unsupported');
  });

  it('reports a document that may not use the microphone', () => {
    throws(
      () => preflight(CALL, { ...FINE, allows: (feature) => feature !== 'microphone' }),
      'preflight-policy',
    );
  });

  it('requires the camera only for video', () => {
    const here = { ...FINE, allows: (feature: string) => feature !== 'camera' };
    expect(() => preflight(CALL, here)).to.not.throw();
    throws(() => preflight({ ...CALL, video: true }, here), 'preflight-policy');
  });

  it('reports an offline browser, unless the endpoint is on this machine', () => {
    throws(() => preflight(CALL, { ...FINE, online: false }), 'preflight-offline');
    expect(() => preflight({ ...CALL, local: true }, { ...FINE, online: false })).to.not.throw();
  });

  it("does not check the microphone for a page's own interface, but checks the network", () => {
    const nothing = { secure: false, webrtc: false, online: true, allows: () => false };
    expect(() => preflight({ ...CALL, media: false }, nothing)).to.not.throw();
    throws(() => preflight({ ...CALL, media: false }, { ...nothing, online: false }), 'preflight-offline');
  });
});

describe('the surroundings of a page', () => {
  const pageWith = (facts: object) => facts as Window & typeof globalThis;
  const navigator = { onLine: true, mediaDevices: { getUserMedia: () => {} } };

  it('are read from the browser', () => {
    const here = surroundingsOf(window);
    expect(here.secure).to.equal(true);
    // Debian's WebKit has none.
    expect(here.webrtc).to.equal(typeof RTCPeerConnection === 'function');
    expect(here.online).to.equal(navigator.onLine);
    expect(here.allows('microphone')).to.equal(true);
  });

  it('allow everything when the browser cannot tell', () => {
    const here = surroundingsOf(pageWith({ navigator, document: {} }));
    expect(here.allows('microphone')).to.equal(true);
    expect(here.allows('camera')).to.equal(true);
  });

  it('read the policy by its old and its new name', () => {
    const policy = { allowsFeature: (feature: string) => feature === 'camera' };
    for (const name of ['permissionsPolicy', 'featurePolicy']) {
      const here = surroundingsOf(pageWith({ navigator, document: { [name]: policy } }));
      expect(here.allows('camera'), name).to.equal(true);
      expect(here.allows('microphone'), name).to.equal(false);
    }
  });

  it('have no WebRTC without peer connections or without devices', () => {
    expect(surroundingsOf(pageWith({ navigator, document: {} })).webrtc).to.equal(false);
    const bare = {
      navigator: { onLine: false },
      document: {},
      RTCPeerConnection: class {},
      isSecureContext: false,
    };
    const here = surroundingsOf(pageWith(bare));
    expect(here.webrtc).to.equal(false);
    expect(here.online).to.equal(false);
    expect(here.secure).to.equal(false);
  });
});
