// How long a guest token is good for, by what it or its endpoint states, and by two clocks of which either may be wrong.
// Both are turned by hand.
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

  it('shows its token to nobody who does not ask', () => {
    const token = makeJwe();
    const guest = make(token);
    expect(guest.reveal()).to.equal(token);
    expect(JSON.stringify({ guest })).to.equal('{"guest":{}}');
    expect(`${guest}`).to.equal('[object Object]');
    expect(Object.values(guest)).to.deep.equal([]);
    expect(Reflect.ownKeys(guest)).to.deep.equal([]);
  });

  describe('learns its life', () => {
    it('first from the reply', () => {
      const token = makeJwt({ iat: nowSec, exp: nowSec + 7200 });
      expect(life(make(token, { expiresInSec: 60 }))).to.deep.equal({ source: 'expires_in', sec: 60 });
    });

    it('not from an end that is no number', () => {
      // 1e999 is what JSON makes Infinity of.
      const token = `${btoa('{"alg":"none"}').replace(/=+$/, '')}.${btoa('{"exp":1e999}').replace(/=+$/, '')}.eA`;
      expect(life(make(token)).source).to.equal('token-ttl');
    });

    it('from a readable token as a duration, however wrong the clock is', () => {
      const token = makeJwt({ iat: 1_000, exp: 1_300 });
      expect(life(make(token))).to.deep.equal({ source: 'payload', sec: 300 });
      expect(make(token).freshness()).to.equal('fresh');
    });

    it('from a readable token against the wall clock when it does not say since when', () => {
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

    it('from token-ttl when nobody states anything', () => {
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

    it('without believing nonsense in the reply', () => {
      for (const expiresInSec of [0, -5, NaN, Infinity, undefined]) {
        expect(make(makeJwe(), { expiresInSec }).source, String(expiresInSec)).to.equal('token-ttl');
      }
    });
  });

  describe('judges its age', () => {
    it('is fresh until 75 % of its life, then ages, then is stale a minute before the end', () => {
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

    it('is stale in the last tenth of a short life', () => {
      const guest = make(makeJwe(), { expiresInSec: 100 });
      clock.pass(89_999);
      expect(guest.freshness()).to.equal('aging');
      clock.pass(1);
      expect(guest.freshness()).to.equal('stale');
    });

    it('is never good enough to keep when it lives under five seconds', () => {
      expect(make(makeJwe(), { expiresInSec: 4.999 }).freshness()).to.equal('stale');
      expect(make(makeJwe(), { expiresInSec: 5 }).freshness()).to.equal('fresh');
      expect(make(makeJwe(), { ttlSec: 0 }).freshness()).to.equal('stale');
    });

    it('begins as old as it was said to be, whoever states its life', () => {
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

    it('is as old by the clock that never goes back, where the wall clock stands still', () => {
      const guest = make(makeJwe(), { expiresInSec: 100, ageMs: 8_000 });
      clock.monotonicMs += 82_000;
      expect(guest.freshness()).to.equal('stale');
    });

    it('ages while the device sleeps and only the wall clock moves', () => {
      const guest = make(makeJwe());
      clock.wallMs += 840_000;
      expect(guest.freshness()).to.equal('stale');
    });

    it('ages while the wall clock stands and only the monotonic clock moves', () => {
      const guest = make(makeJwe());
      clock.monotonicMs += 700_000;
      expect(guest.freshness()).to.equal('aging');
      clock.monotonicMs += 140_000;
      expect(guest.freshness()).to.equal('stale');
    });

    it('is stale for good once the wall clock has gone back by more than a second', () => {
      const guest = make(makeJwe());
      clock.wallMs -= 1_000;
      expect(guest.freshness()).to.equal('fresh');
      clock.wallMs -= 1;
      expect(guest.freshness()).to.equal('stale');
      clock.wallMs += 1_001;
      expect(guest.freshness()).to.equal('stale');
    });

    it('notices a wall clock that goes back to a time after its birth', () => {
      const guest = make(makeJwe());
      clock.pass(300_000);
      expect(guest.freshness()).to.equal('fresh');
      clock.wallMs -= 60_000;
      expect(guest.freshness()).to.equal('stale');
    });
  });

  describe('is corrected', () => {
    it('downwards by a true end', () => {
      const guest = make(makeJwe());
      guest.endBy(clock.wallMs + 100_000);
      expect(life(guest)).to.deep.equal({ source: 'gateway', sec: 100 });
      guest.endBy(clock.wallMs - 1);
      expect(life(guest)).to.deep.equal({ source: 'gateway', sec: 0 });
      expect(guest.freshness()).to.equal('stale');
    });

    it('never upwards, and not by nonsense', () => {
      const guest = make(makeJwe(), { expiresInSec: 60 });
      for (const endMs of [clock.wallMs + 60_000, clock.wallMs + 1e9, Infinity, NaN]) guest.endBy(endMs);
      expect(life(guest)).to.deep.equal({ source: 'expires_in', sec: 60 });
    });

    it('by a smaller trust only when it states no end itself', () => {
      const silent = make(makeJwe());
      silent.limitTrust(60);
      silent.limitTrust(600);
      expect(life(silent)).to.deep.equal({ source: 'token-ttl', sec: 60 });
      const stated = make(makeJwe(), { expiresInSec: 600 });
      stated.limitTrust(60);
      expect(life(stated)).to.deep.equal({ source: 'expires_in', sec: 600 });
    });
  });

  describe('knows that it has ended', () => {
    it('when a stated end has passed', () => {
      const guest = make(makeJwt({ iat: 0, exp: 60 }));
      clock.pass(59_999);
      expect(guest.hasEnded()).to.equal(false);
      clock.pass(1);
      expect(guest.hasEnded()).to.equal(true);
    });

    it('but not when the end was only guessed, or the clock cannot be believed', () => {
      const silent = make(makeJwe());
      const stated = make(makeJwt({ iat: 0, exp: 60 }));
      clock.wallMs -= 5_000;
      clock.monotonicMs += 9e9;
      expect(silent.hasEnded()).to.equal(false);
      expect(stated.hasEnded()).to.equal(false);
    });
  });
});
