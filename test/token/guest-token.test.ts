// How long a guest token is valid: by the expiry that it or its endpoint states, and by two clocks, either of which may be
// wrong.
import { expect } from 'chai';
import { GuestToken, type LifeFacts } from '../../src/token/guest-token.js';
import { HandClock } from './hand-clock.js';
import { makeJwe, makeJwt, makeUnreadableJwt } from './made-tokens.js';

describe('GuestToken', () => {
  let clock: HandClock;
  let nowSec: number;
  beforeEach(() => {
    clock = new HandClock();
    nowSec = clock.wallMs / 1000;
  });
  const make = (token: string, facts: LifeFacts = {}) => new GuestToken(token, { clock, ...facts });
  const life = (guest: GuestToken) => ({ source: guest.source, sec: guest.lifeMs / 1000 });

  it('returns its token from reveal() only', () => {
    const token = makeJwe();
    const guest = make(token);
    expect(guest.reveal()).to.equal(token);
    expect(JSON.stringify({ guest })).to.equal('{"guest":{}}');
    expect(`${guest}`).to.equal('[object Object]');
    expect(Object.values(guest)).to.deep.equal([]);
    expect(Reflect.ownKeys(guest)).to.deep.equal([]);
  });

  describe('takes its lifetime', () => {
    it('first from the reply', () => {
      const token = makeJwt({ iat: nowSec, exp: nowSec + 7200 });
      expect(life(make(token, { expiresInSec: 60 }))).to.deep.equal({ source: 'expires_in', sec: 60 });
    });

    it('not from an expiry that is not a finite number', () => {
      // JSON.parse turns 1e999 into Infinity.
      const token = `${btoa('{"alg":"none"}').replace(/=+$/, '')}.${btoa('{"exp":1e999}').replace(/=+$/, '')}.eA`;
      expect(life(make(token)).source).to.equal('token-ttl');
    });

    it('from a readable token as a duration, whatever the wall clock', () => {
      const token = makeJwt({ iat: 1_000, exp: 1_300 });
      expect(life(make(token))).to.deep.equal({ source: 'payload', sec: 300 });
      expect(make(token).freshness()).to.equal('fresh');
    });

    it('from a readable token by the wall clock when it has no valid iat', () => {
      expect(life(make(makeJwt({ exp: nowSec + 200 })))).to.deep.equal({ source: 'payload', sec: 200 });
      expect(life(make(makeJwt({ exp: nowSec + 200, iat: 'x' })))).to.deep.equal({
        source: 'payload',
        sec: 200,
      });
      expect(life(make(makeJwt({ exp: nowSec - 1 })))).to.deep.equal({ source: 'payload', sec: 0 });
      expect(life(make(makeJwt({ exp: nowSec + 9, iat: nowSec + 10 })))).to.deep.equal({
        source: 'payload',
        sec: 9,
      });
    });

    it('from the header of an encrypted token', () => {
      expect(life(make(makeJwe({ exp: nowSec + 120 })))).to.deep.equal({ source: 'header', sec: 120 });
      expect(life(make(makeJwe({ exp: 500, iat: 100 })))).to.deep.equal({ source: 'header', sec: 400 });
    });

    it('from token-ttl when nothing states an expiry', () => {
      const silent = [
        makeJwe(),
        makeJwt(),
        makeUnreadableJwt(),
        makeJwt({ exp: 'x' }),
        makeJwe({ exp: null }),
      ];
      for (const token of silent) {
        expect(life(make(token))).to.deep.equal({ source: 'token-ttl', sec: 900 });
        expect(life(make(token, { ttlSec: 40 }))).to.deep.equal({ source: 'token-ttl', sec: 40 });
      }
    });

    it('not from an invalid expires_in', () => {
      for (const expiresInSec of [0, -5, NaN, Infinity, undefined]) {
        expect(make(makeJwe(), { expiresInSec }).source, String(expiresInSec)).to.equal('token-ttl');
      }
    });
  });

  describe('computes its age', () => {
    it('is fresh until 75 % of its lifetime, then aging, and stale a minute before expiry', () => {
      const guest = make(makeJwe(), { expiresInSec: 3600 });
      clock.pass(2_700_000 - 1);
      expect(guest.freshness()).to.equal('fresh');
      clock.pass(1);
      expect(guest.freshness()).to.equal('aging');
      clock.pass(3_540_000 - 2_700_000 - 1);
      expect(guest.freshness()).to.equal('aging');
      clock.pass(1);
      expect(guest.freshness()).to.equal('stale');
    });

    it('is stale in the last tenth of a short lifetime', () => {
      const guest = make(makeJwe(), { expiresInSec: 100 });
      clock.pass(89_999);
      expect(guest.freshness()).to.equal('aging');
      clock.pass(1);
      expect(guest.freshness()).to.equal('stale');
    });

    it('is always stale with a lifetime under five seconds', () => {
      expect(make(makeJwe(), { expiresInSec: 4.999 }).freshness()).to.equal('stale');
      expect(make(makeJwe(), { expiresInSec: 5 }).freshness()).to.equal('fresh');
      expect(make(makeJwe(), { ttlSec: 0 }).freshness()).to.equal('stale');
    });

    it('starts with the given age, wherever its lifetime comes from', () => {
      for (const guest of [
        make(makeJwe(), { expiresInSec: 100, ageMs: 8_000 }),
        make(makeJwt({ exp: nowSec + 92 }), { ageMs: 8_000 }),
      ]) {
        expect(guest.lifeMs).to.equal(100_000);
        guest.endBy(clock.wallMs + 72_000);
        expect(guest.lifeMs, 'of 8 s until now and 72 s from now').to.equal(80_000);
      }
      const guest = make(makeJwe(), { expiresInSec: 100, ageMs: 8_000 });
      clock.pass(81_999);
      expect(guest.freshness()).to.equal('aging');
      clock.pass(1);
      expect(guest.freshness()).to.equal('stale');
    });

    it('ages by the monotonic clock from the given age when the wall clock stops', () => {
      const guest = make(makeJwe(), { expiresInSec: 100, ageMs: 8_000 });
      clock.monotonicMs += 82_000;
      expect(guest.freshness()).to.equal('stale');
    });

    it('ages when the device sleeps and only the wall clock advances', () => {
      const guest = make(makeJwe());
      clock.wallMs += 840_000;
      expect(guest.freshness()).to.equal('stale');
    });

    it('ages when only the monotonic clock advances', () => {
      const guest = make(makeJwe());
      clock.monotonicMs += 700_000;
      expect(guest.freshness()).to.equal('aging');
      clock.monotonicMs += 140_000;
      expect(guest.freshness()).to.equal('stale');
    });

    it('stays stale once the wall clock has gone back by more than a second', () => {
      const guest = make(makeJwe());
      clock.wallMs -= 1_000;
      expect(guest.freshness()).to.equal('fresh');
      clock.wallMs -= 1;
      expect(guest.freshness()).to.equal('stale');
      clock.wallMs += 1_001;
      expect(guest.freshness()).to.equal('stale');
    });

    it('is stale when the wall clock goes back to a time after its creation', () => {
      const guest = make(makeJwe());
      clock.pass(300_000);
      expect(guest.freshness()).to.equal('fresh');
      clock.wallMs -= 60_000;
      expect(guest.freshness()).to.equal('stale');
    });
  });

  describe('is shortened', () => {
    it('by a true expiry', () => {
      const guest = make(makeJwe());
      guest.endBy(clock.wallMs + 100_000);
      expect(life(guest)).to.deep.equal({ source: 'gateway', sec: 100 });
      guest.endBy(clock.wallMs - 1);
      expect(life(guest)).to.deep.equal({ source: 'gateway', sec: 0 });
      expect(guest.freshness()).to.equal('stale');
    });

    it('but never extended, nor changed by an invalid expiry', () => {
      const guest = make(makeJwe(), { expiresInSec: 60 });
      for (const endMs of [clock.wallMs + 60_000, clock.wallMs + 1e9, Infinity, NaN]) guest.endBy(endMs);
      expect(life(guest)).to.deep.equal({ source: 'expires_in', sec: 60 });
    });

    it('by a smaller token-ttl only when it states no expiry itself', () => {
      const silent = make(makeJwe());
      silent.limitTrust(60);
      silent.limitTrust(600);
      expect(life(silent)).to.deep.equal({ source: 'token-ttl', sec: 60 });
      const stated = make(makeJwe(), { expiresInSec: 600 });
      stated.limitTrust(60);
      expect(life(stated)).to.deep.equal({ source: 'expires_in', sec: 600 });
    });
  });

  describe('has ended', () => {
    it('when a stated expiry has passed', () => {
      const guest = make(makeJwt({ iat: 0, exp: 60 }));
      clock.pass(59_999);
      expect(guest.hasEnded()).to.equal(false);
      clock.pass(1);
      expect(guest.hasEnded()).to.equal(true);
    });

    it('but not when the expiry was assumed, or the wall clock went back', () => {
      const silent = make(makeJwe());
      const stated = make(makeJwt({ iat: 0, exp: 60 }));
      clock.wallMs -= 5_000;
      clock.monotonicMs += 9e9;
      expect(silent.hasEnded()).to.equal(false);
      expect(stated.hasEnded()).to.equal(false);
    });
  });
});
