// The texts of the interface in English. Every other language has the same keys in the same order.
import { LOAD_FAILED } from './button-texts.js';

/** Also the list of keys. A function inserts a name or a formatted duration into its sentence. */
export const en = {
  call: 'Call',
  callTo: (name: string) => `Call to ${name}`,

  // States of the call.
  preparing: 'Getting ready…',
  askMicrophone: 'Please allow the microphone.',
  askCamera: 'Please allow the microphone and the camera.',
  connecting: 'Connecting…',
  ringing: 'Ringing…',
  active: 'Connected',
  reconnecting: 'Connection lost. Reconnecting…',
  reconnected: 'Connected again',
  ended: 'Call ended',
  endedAfter: (duration: string) => `Call ended after ${duration}`,
  failed: 'The call did not work',
  poorLine: 'The connection is weak.',

  // Controls and devices.
  mute: 'Mute microphone',
  muted: 'Microphone is off',
  unmuted: 'Microphone is on',
  hangUp: 'Hang up',
  keypad: 'Keypad',
  keypadKey: (key: string) => `Key ${key}`,
  devices: 'Sound and devices',
  microphone: 'Microphone',
  speaker: 'Speaker',
  camera: 'Camera',
  volume: 'Volume',
  muteSpeaker: 'Mute speaker',
  microphoneChanged: (name: string) => `Microphone disconnected. Now using ${name}`,
  speakerChanged: (name: string) => `Speaker disconnected. Now using ${name}`,
  cameraChanged: (name: string) => `Camera disconnected. Now using ${name}`,
  microphoneLost: 'The microphone is gone. Connect another one.',
  speakerLost: 'The speaker is gone. Connect another one.',
  cameraLost: 'The camera is gone. The call goes on without it.',
  deviceRefused: 'That device could not be used.',
  cameraOff: 'Turn camera off',
  hideSelf: 'Hide your picture',
  showSelf: 'Show your picture',
  selfView: 'Your picture. Arrow keys move it.',
  remoteVideo: 'Video of the other side',
  fullScreen: 'Full screen',
  minimise: 'Minimise',
  restore: 'Show the call',
  close: 'Close',
  callAgain: 'Call again',
  tryAgain: 'Try again',
  tapToHear: 'Tap to hear the call',

  // Calls with an AI agent.
  captions: 'Captions',
  speakerAgent: 'Agent',
  speakerCaller: 'You',
  shared: 'Shared with you',

  // Failures, for the visitor.
  unavailable: 'Calls are not available here at the moment.',
  unsupported: 'This browser cannot make calls here.',
  offline: 'You seem to be offline. Check your connection and try again.',
  inCall: 'Another call is already going on. End it first.',
  otherTab: 'A call is going on in another tab of this site.',
  network: 'The call service could not be reached. Check your connection and try again.',
  busyService: 'Too many calls at the moment. Please try again shortly.',
  serviceFailed: 'The call service has a problem. Please try again later.',
  loadFailed: LOAD_FAILED,
  micDenied: 'The microphone is blocked.',
  micMissing: 'No microphone was found. Connect one and try again.',
  micInUse: 'The microphone is used by another program. Close it and try again.',
  micFailed: 'The microphone did not work. Please try again.',
  mediaDenied: 'The microphone or camera is blocked.',
  mediaMissing: 'No microphone or camera was found. Connect one and try again.',
  mediaInUse: 'Another program uses the microphone or camera. Close it and try again.',
  mediaFailed: 'The microphone or camera did not work. Please try again.',
  notFound: 'This number cannot be reached.',
  rejected: 'The call was not accepted.',
  busy: 'The line is busy. Please try again in a moment.',
  noAnswer: 'Nobody answered. Please try again later.',
  dropped: 'The connection was lost.',
  callFailed: 'The call did not work. Please try again.',

  // How to unblock the microphone.
  allowChromium: 'Click the icon left of the address, allow the microphone, and try again.',
  allowFirefox: 'Click the crossed-out microphone left of the address, remove the block, and try again.',
  allowSafari: 'Open Safari’s menu, Settings for This Website, allow the microphone, and try again.',
  allowIos: 'Open Settings, find your browser, allow the microphone, and try again.',
  allowAndroid: 'Tap the icon left of the address, Permissions, allow the microphone, and try again.',
  allowOther: 'Allow the microphone in your browser’s settings for this site, and try again.',
};

/** The texts of one language. */
export type Strings = typeof en;

/** Texts that a page replaces; all others keep the text of the language. */
export type StringOverrides = Partial<Strings>;

/** A key whose text is a string, not a function. */
export type SentenceKey = { [K in keyof Strings]: Strings[K] extends string ? K : never }[keyof Strings];
