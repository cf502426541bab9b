// One table, and every event keeps the same promises: it leaves the shadow tree, it can be prevented where that means
// something, and what it carries is plain, frozen data.
import { expect } from 'chai';
import {
  SwCallEndedEvent,
  SwCallHangupEvent,
  SwCallStartedEvent,
  SwCallStateEvent,
  SwDialEvent,
  SwDisplayContentEvent,
  SwErrorEvent,
  SwTranscriptEvent,
  SwUserEvent,
} from '../src/events.js';
import { ClickToCallError } from '../src/errors.js';

/** One of each, by name; `true` for those that a page may prevent. */
const EVENTS: Record<string, [make: () => CustomEvent, cancelable: boolean]> = {
  'sw-dial': [() => new SwDialEvent({ destination: '/a', video: false, setUserVariables: () => {} }), true],
  'sw-call-state': [() => new SwCallStateEvent({ state: 'active', previous: 'ringing' }), false],
  'sw-call-started': [() => new SwCallStartedEvent({ destination: '/a' }), false],
  'sw-call-hangup': [() => new SwCallHangupEvent(), false],
  'sw-call-ended': [
    () => new SwCallEndedEvent({ status: 'disconnected', reason: 'remote', durationMs: 7 }),
    false,
  ],
  'sw-error': [() => new SwErrorEvent(new ClickToCallError('call-busy').toDetail()), true],
  'sw-transcript': [() => new SwTranscriptEvent({ speaker: 'agent', text: 'Hello', final: true }), false],
  'sw-display-content': [() => new SwDisplayContentEvent({ content: 'Hello', format: 'text' }), true],
  'sw-user-event': [() => new SwUserEvent({ type: 'order', items: [1, 2] }), false],
};

for (const [name, [make, cancelable]] of Object.entries(EVENTS)) {
  describe(name, () => {
    it('carries its name and leaves every shadow root', () => {
      const event = make();
      expect(event.type).to.equal(name);
      expect(event.bubbles).to.equal(true);
      expect(event.composed).to.equal(true);
    });

    it(cancelable ? 'can be prevented' : 'cannot be prevented', () => {
      const event = make();
      event.preventDefault();
      expect(event.defaultPrevented).to.equal(cancelable);
    });

    it('has a frozen plain detail that survives JSON', () => {
      const { detail } = make();
      expect(Object.isFrozen(detail)).to.equal(true);
      expect(Object.getPrototypeOf(detail)).to.equal(Object.prototype);
      const facts = Object.fromEntries(
        Object.entries(detail).filter(([, value]) => typeof value !== 'function'),
      );
      expect(JSON.parse(JSON.stringify(detail))).to.deep.equal(facts);
    });
  });
}
