// Every event bubbles out of shadow roots, can be prevented only where that has an effect, and has plain, frozen details.
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

/** One event of each type, and whether it is cancelable. */
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
    it('has its name, bubbles and is composed', () => {
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

    it('has a frozen plain detail that can be serialized as JSON', () => {
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
