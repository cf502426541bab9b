// What a far end may tell the page: events with known, frozen fields. Whatever is not on the list gets no further.
import { expect } from 'chai';
import { AGENT_EVENT_TYPES, agentEvent } from '../../src/sdk/agent-events.js';
import { quickest } from '../quickest.js';

const told = (...parameters: Parameters<typeof agentEvent>) => {
  const event = agentEvent(...parameters) as CustomEvent | undefined;
  return event && { type: event.type, detail: event.detail };
};

describe('what a far end shows', () => {
  it('is content only when it says so and has some', () => {
    for (const payload of [
      { type: 'note', content: 'x' },
      { type: 'display_content', content: 7 },
      { type: 'display_content' },
    ]) {
      expect(told('user_event', payload)).to.deep.equal({ type: 'sw-user-event', detail: payload });
    }
  });
});

describe('what an agent says', () => {
  it('is a transcript of either side, final or not', () => {
    const heard = (speaker: string, text: string, final: boolean) => ({
      type: 'sw-transcript',
      detail: { speaker, text, final },
    });
    expect(told('ai.partial_result', { text: 'I wo', barged: false })).to.deep.equal(
      heard('caller', 'I wo', false),
    );
    expect(told('ai.speech_detect', { text: 'I would' })).to.deep.equal(heard('caller', 'I would', true));
    expect(told('ai.transparent_barge', { combined_text: 'Stop' })).to.deep.equal(
      heard('caller', 'Stop', true),
    );
    expect(told('ai.response_utterance', { utterance: 'Hel' })).to.deep.equal(heard('agent', 'Hel', false));
    expect(told('ai.completion', { text: 'Hello.', type: 'normal' })).to.deep.equal(
      heard('agent', 'Hello.', true),
    );
  });

  it('comes without the confidence of the recogniser', () => {
    expect(told('ai.speech_detect', { text: 'yes {confidence=0.95}' })?.detail.text).to.equal('yes');
    expect(told('ai.speech_detect', { text: 'a {brace} stays' })?.detail.text).to.equal('a {brace} stays');
  });

  it('does not keep the page busy, whatever it is made of', async () => {
    const long = (piece: string) => piece.repeat(256 * 1024) + '.';
    const run = () => {
      for (const text of [long(' '), long('{confidence='), long('{confidence=}'), long('} ')])
        expect(told('ai.speech_detect', { text })?.detail.text).to.equal(text.trim());
    };
    expect(await quickest(run, 1000)).to.be.below(1000);
  });

  it('is nothing when it is empty or not a text', () => {
    for (const text of ['', '  ', '{confidence=0.1}', 7, null, undefined, { toString: () => 'no' }]) {
      expect(told('ai.completion', { text }), String(text)).to.equal(undefined);
    }
  });
});

describe('what an agent shows', () => {
  it('is content with the fields that are known', () => {
    const payload = {
      type: 'display_content',
      title: 'Bill',
      content: '# 7',
      format: 'markdown',
      language: 'en',
      x: 1,
    };
    expect(told('user_event', payload)).to.deep.equal({
      type: 'sw-display-content',
      detail: { title: 'Bill', content: '# 7', format: 'markdown', language: 'en' },
    });
  });

  it('is plain text where the format is not known', () => {
    for (const format of ['exe', undefined, 7, 'toString']) {
      expect(told('user_event', { type: 'display_content', content: 'x', format })?.detail).to.deep.equal({
        content: 'x',
        format: 'text',
      });
    }
  });

  it('has no field of another type than promised', () => {
    const payload = { type: 'display_content', content: 'x', format: 'code', title: 7, language: {} };
    expect(told('calling.user_event', payload)?.detail).to.deep.equal({ content: 'x', format: 'code' });
  });
});

describe('another user event', () => {
  it('is handed on as a frozen copy, as deep as it goes', () => {
    const payload = { type: 'order', items: [{ sku: 'a' }] };
    const event = told('user_event', payload)!;
    expect(event).to.deep.equal({ type: 'sw-user-event', detail: payload });
    expect(event.detail).to.not.equal(payload);
    expect(Object.isFrozen(event.detail.items[0])).to.equal(true);
    expect(Object.isFrozen(payload)).to.equal(false);
  });

  it('brings no prototype along, for a page that merges it into something of its own', () => {
    const payload = JSON.parse('{"a":{"__proto__":{"admin":true},"b":1},"__proto__":{"admin":true}}');
    const { detail } = told('user_event', payload)!;
    expect(detail).to.deep.equal({ a: { b: 1 } });
    expect(JSON.stringify(detail)).to.not.contain('admin');
    expect(Object.assign({}, detail, detail.a).admin).to.equal(undefined);
  });

  it('is nothing without an object', () => {
    for (const payload of [undefined, null, 'text', 7, ['a']]) {
      for (const type of AGENT_EVENT_TYPES) expect(told(type, payload)).to.equal(undefined);
    }
  });
});

describe('the allow list', () => {
  it('lets nothing else of the traffic out', () => {
    expect(told('signalwire.authorization.state' as never, { authorization_state: 'x' })).to.equal(undefined);
    expect(told('call.joined' as never, { capabilities: [] })).to.equal(undefined);
  });
});
