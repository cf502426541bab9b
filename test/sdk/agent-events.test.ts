// Events of the element for an AI agent's messages: known fields only, frozen, and nothing that is not on the allow list.
import { expect } from 'chai';
import { AGENT_EVENT_TYPES, agentEvent } from '../../src/sdk/agent-events.js';
import { quickest } from '../quickest.js';

/** The event for a message, as far as the page reads it. */
const eventFor = (...message: Parameters<typeof agentEvent>) => {
  const event: CustomEvent | undefined = agentEvent(...message);
  return event && { type: event.type, detail: event.detail };
};

describe('a user event of another type or without content', () => {
  it('is a plain user event', () => {
    for (const payload of [
      { type: 'note', content: 'x' },
      { type: 'display_content', content: 7 },
      { type: 'display_content' },
    ]) {
      expect(eventFor('user_event', payload)).to.deep.equal({ type: 'sw-user-event', detail: payload });
    }
  });
});

describe('a transcript', () => {
  it('has a speaker, a text and whether it is final', () => {
    const transcript = (speaker: string, text: string, final: boolean) => ({
      type: 'sw-transcript',
      detail: { speaker, text, final },
    });
    expect(eventFor('ai.partial_result', { text: 'I wo', barged: false })).to.deep.equal(
      transcript('caller', 'I wo', false),
    );
    expect(eventFor('ai.speech_detect', { text: 'I would' })).to.deep.equal(
      transcript('caller', 'I would', true),
    );
    expect(eventFor('ai.transparent_barge', { combined_text: 'Stop' })).to.deep.equal(
      transcript('caller', 'Stop', true),
    );
    expect(eventFor('ai.response_utterance', { utterance: 'Hel' })).to.deep.equal(
      transcript('agent', 'Hel', false),
    );
    expect(eventFor('ai.completion', { text: 'Hello.', type: 'normal' })).to.deep.equal(
      transcript('agent', 'Hello.', true),
    );
  });

  it("omits the recognizer's confidence", () => {
    expect(eventFor('ai.speech_detect', { text: 'yes {confidence=0.95}' })?.detail.text).to.equal('yes');
    expect(eventFor('ai.speech_detect', { text: 'a {brace} stays' })?.detail.text).to.equal(
      'a {brace} stays',
    );
  });

  it('is read in linear time, whatever the text', async () => {
    const long = (piece: string) => piece.repeat(256 * 1024) + '.';
    const run = () => {
      for (const text of [long(' '), long('{confidence='), long('{confidence=}'), long('} ')])
        expect(eventFor('ai.speech_detect', { text })?.detail.text).to.equal(text.trim());
    };
    expect(await quickest(run, 1000)).to.be.below(1000);
  });

  it('is not sent when the text is empty or not a string', () => {
    for (const text of ['', '  ', '{confidence=0.1}', 7, null, undefined, { toString: () => 'no' }]) {
      expect(eventFor('ai.completion', { text }), String(text)).to.equal(undefined);
    }
  });
});

describe('display content', () => {
  it('has the known fields only', () => {
    const payload = {
      type: 'display_content',
      title: 'Bill',
      content: '# 7',
      format: 'markdown',
      language: 'en',
      x: 1,
    };
    expect(eventFor('user_event', payload)).to.deep.equal({
      type: 'sw-display-content',
      detail: { title: 'Bill', content: '# 7', format: 'markdown', language: 'en' },
    });
  });

  it('has the format text when the given format is unknown', () => {
    for (const format of ['exe', undefined, 7, 'toString']) {
      expect(eventFor('user_event', { type: 'display_content', content: 'x', format })?.detail).to.deep.equal(
        {
          content: 'x',
          format: 'text',
        },
      );
    }
  });

  it('omits fields of the wrong type', () => {
    const payload = { type: 'display_content', content: 'x', format: 'code', title: 7, language: {} };
    expect(eventFor('calling.user_event', payload)?.detail).to.deep.equal({ content: 'x', format: 'code' });
  });
});

describe('a user event', () => {
  it('has a deeply frozen copy of the payload', () => {
    const payload = { type: 'order', items: [{ sku: 'a' }] };
    const event = eventFor('user_event', payload)!;
    expect(event).to.deep.equal({ type: 'sw-user-event', detail: payload });
    expect(event.detail).to.not.equal(payload);
    expect(Object.isFrozen(event.detail.items[0])).to.equal(true);
    expect(Object.isFrozen(payload)).to.equal(false);
  });

  it('has no __proto__ key that could change the prototype of an object it is merged into', () => {
    const payload = JSON.parse('{"a":{"__proto__":{"admin":true},"b":1},"__proto__":{"admin":true}}');
    const { detail } = eventFor('user_event', payload)!;
    expect(detail).to.deep.equal({ a: { b: 1 } });
    expect(JSON.stringify(detail)).to.not.contain('admin');
    expect(Object.assign({}, detail, detail.a).admin).to.equal(undefined);
  });

  it('is not sent when the payload is not an object', () => {
    for (const payload of [undefined, null, 'text', 7, ['a']]) {
      for (const type of AGENT_EVENT_TYPES) expect(eventFor(type, payload)).to.equal(undefined);
    }
  });
});

describe('the allow list', () => {
  it('blocks all other gateway messages', () => {
    expect(eventFor('signalwire.authorization.state' as never, { authorization_state: 'x' })).to.equal(
      undefined,
    );
    expect(eventFor('call.joined' as never, { capabilities: [] })).to.equal(undefined);
  });
});
