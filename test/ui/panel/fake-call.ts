// A call and its media as the panel sees them. They record requests and never change by themselves.
import type {
  CallFacts,
  PanelCall,
  PanelMedia,
  PanelModel,
  ScreenFacts,
} from '../../../src/ui/panel/panel-model.js';
import type { MediaSnapshot } from '../../../src/media/call-media.js';
import type { DeviceKind } from '../../../src/media/devices.js';
import { Store } from '../../../src/store.js';

const FIRST_CALL: CallFacts = {
  state: 'preparing',
  muted: false,
  error: null,
  sentence: undefined,
  help: '',
  answeredAtMs: undefined,
  durationMs: 0,
  otherTab: false,
};

const FIRST_MEDIA: MediaSnapshot = {
  asking: false,
  choices: undefined,
  notice: undefined,
  cameraOff: false,
  microphoneLevel: 0,
  quality: 'good',
  volume: 1,
  speakerMuted: false,
  soundBlocked: false,
  remoteVideo: undefined,
  localVideo: undefined,
};

const FIRST_SCREEN: ScreenFacts = { view: 'closed', sheet: 'none', digits: '' };

/** What the panel draws when a call begins. */
export const FIRST: PanelModel = { ...FIRST_CALL, ...FIRST_MEDIA, ...FIRST_SCREEN };

export class FakeCall extends Store<CallFacts> implements PanelCall {
  readonly #requests: string[];
  /** What sendDigits() returns. */
  digitsSent = Promise.resolve();

  /** @param requests takes what the panel asks for, oldest first. */
  constructor(requests: string[]) {
    super(FIRST_CALL);
    this.#requests = requests;
  }

  /** Takes the facts of a call from `facts`. As in a real call, the first `active` is the answer. */
  take(facts: Partial<PanelModel>): void {
    const own = only(FIRST_CALL, facts);
    const isAnswer = facts.state === 'active' && this.snapshot.answeredAtMs === undefined;
    if (own) this.change({ ...(isAnswer && { answeredAtMs: performance.now() }), ...own });
  }

  async hangup(): Promise<void> {
    this.#requests.push('hangup');
  }

  async mute(on: boolean): Promise<void> {
    this.#requests.push(`mute ${on}`);
  }

  sendDigits(digits: string): Promise<void> {
    this.#requests.push(`digits ${digits}`);
    return this.digitsSent;
  }

  showIn(): void {
    this.#requests.push('closed');
  }
}

export class FakeMedia extends Store<MediaSnapshot> implements PanelMedia {
  readonly #requests: string[];

  /** @param requests takes what the panel asks for, oldest first. */
  constructor(requests: string[]) {
    super(FIRST_MEDIA);
    this.#requests = requests;
  }

  /** Takes the facts of the media from `facts`. */
  take(facts: Partial<PanelModel>): void {
    const own = only(FIRST_MEDIA, facts);
    if (own) this.change(own);
  }

  hear(): void {
    this.#requests.push('hear');
  }

  setVolume(volume: number): void {
    this.#requests.push(`volume ${volume}`);
  }

  muteSpeaker(on: boolean): void {
    this.#requests.push(`mute speaker ${on}`);
  }

  turnCameraOff(off: boolean): void {
    this.#requests.push(`camera off ${off}`);
  }

  useDevice(kind: DeviceKind, id: string): void {
    this.#requests.push(`use ${kind} ${id}`);
  }
}

/** The facts that only the panel knows; undefined when there are none. */
export const screenFacts = (facts: Partial<PanelModel>) => only(FIRST_SCREEN, facts);

/** Those of `facts` that `owner` has as well; undefined when there are none. */
function only<Facts extends object>(
  owner: Facts,
  facts: Partial<NoInfer<Facts>>,
): Partial<Facts> | undefined {
  const own = Object.entries(facts).filter(([name]) => name in owner);
  return own.length ? (Object.fromEntries(own) as Partial<Facts>) : undefined;
}
