// What the call interface says about a state, in one line; and which of two moments is worth announcing.
// Must not know how it is shown or spoken.
import type { PanelModel, PanelOptions } from '../panel/panel-model.js';
import { deviceSentence } from './device-texts.js';
import { spokenTime } from '../../locales/texts.js';

type Speech = Pick<PanelOptions, 'words' | 'language' | 'video'>;

/** How the call stands. */
export function headline(model: PanelModel, { words, language, video }: Speech): string {
  const { state, durationMs, asking } = model;
  if (state === 'preparing' && asking) return video ? words.askCamera : words.askMicrophone;
  if (state === 'ended' && durationMs >= 1000) return words.endedAfter(spokenTime(durationMs, language));
  return state === 'idle' ? '' : words[state];
}

/** What a screen reader should say when `before` becomes `now`: one thing, or nothing. */
export function announcement(before: PanelModel, now: PanelModel, speech: Speech): string {
  const { words } = speech;
  if (now.muted !== before.muted) return words[now.muted ? 'muted' : 'unmuted'];
  if (now.soundBlocked && !before.soundBlocked) return words.tapToHear;
  if (now.notice && now.notice !== before.notice) return deviceSentence(words, now.notice);
  if (now.otherTab && !before.otherTab) return words.otherTab;
  if (now.quality === 'poor' && before.quality === 'good') return words.poorLine;
  if (now.asking && !before.asking && now.state === 'preparing') return headline(now, speech);
  // A failure is announced by the path of the call, which tells it with or without a panel.
  if (now.state === before.state || now.state === 'failed') return '';
  return before.state === 'reconnecting' && now.state === 'active'
    ? words.reconnected
    : headline(now, speech);
}

/** "/public/front-desk?channel=video" as a name: "Front desk". */
export function nameOf(destination: string): string {
  const last = destination.split('?')[0]!.split('/').filter(Boolean).pop() ?? destination;
  const spaced = last.replace(/[-_]+/g, ' ').trim();
  return spaced.charAt(0).toLocaleUpperCase() + spaced.slice(1);
}
