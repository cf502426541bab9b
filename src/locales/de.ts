// German. Same keys and order as en.ts.
import type { Strings } from './en.js';

export const de: Strings = {
  call: 'Anrufen',
  callTo: (name) => `Anruf bei ${name}`,

  // States of the call.
  preparing: 'Wird vorbereitet\u00a0…',
  askMicrophone: 'Bitte erlauben Sie den Zugriff auf das Mikrofon.',
  askCamera: 'Bitte erlauben Sie den Zugriff auf Mikrofon und Kamera.',
  connecting: 'Verbindung wird aufgebaut\u00a0…',
  ringing: 'Es klingelt\u00a0…',
  active: 'Verbunden',
  reconnecting: 'Verbindung unterbrochen. Wird wiederhergestellt\u00a0…',
  reconnected: 'Wieder verbunden',
  ended: 'Anruf beendet',
  endedAfter: (duration) => `Anruf nach ${duration} beendet`,
  failed: 'Anruf fehlgeschlagen',
  poorLine: 'Die Verbindung ist schwach.',

  // Controls and devices.
  mute: 'Mikrofon stummschalten',
  muted: 'Mikrofon ist aus',
  unmuted: 'Mikrofon ist an',
  hangUp: 'Auflegen',
  keypad: 'Wähltasten',
  keypadKey: (key) => `Taste ${key}`,
  devices: 'Ton und Geräte',
  microphone: 'Mikrofon',
  speaker: 'Lautsprecher',
  camera: 'Kamera',
  volume: 'Lautstärke',
  muteSpeaker: 'Lautsprecher stummschalten',
  microphoneChanged: (name) => `Mikrofon getrennt. Jetzt aktiv: ${name}`,
  speakerChanged: (name) => `Lautsprecher getrennt. Jetzt aktiv: ${name}`,
  cameraChanged: (name) => `Kamera getrennt. Jetzt aktiv: ${name}`,
  microphoneLost: 'Das Mikrofon wurde getrennt. Bitte schließen Sie ein anderes an.',
  speakerLost: 'Der Lautsprecher wurde getrennt. Bitte schließen Sie einen anderen an.',
  cameraLost: 'Die Kamera wurde getrennt. Der Anruf geht ohne sie weiter.',
  deviceRefused: 'Dieses Gerät konnte nicht verwendet werden.',
  cameraOff: 'Kamera ausschalten',
  hideSelf: 'Eigenes Bild ausblenden',
  showSelf: 'Eigenes Bild einblenden',
  selfView: 'Eigenes Bild. Mit den Pfeiltasten verschiebbar.',
  remoteVideo: 'Video der Gegenseite',
  fullScreen: 'Vollbild',
  minimise: 'Minimieren',
  restore: 'Anruf anzeigen',
  close: 'Schließen',
  callAgain: 'Erneut anrufen',
  tryAgain: 'Erneut versuchen',
  tapToHear: 'Tippen, um den Anruf zu hören',

  // Calls with an AI agent.
  captions: 'Untertitel',
  speakerAgent: 'Assistent',
  speakerCaller: 'Sie',
  shared: 'Mit Ihnen geteilt',

  // Failures, for the visitor.
  unavailable: 'Anrufe sind hier zurzeit nicht möglich.',
  unsupported: 'Mit diesem Browser sind hier keine Anrufe möglich.',
  offline: 'Sie sind anscheinend offline. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  inCall: 'Es läuft bereits ein anderer Anruf. Bitte beenden Sie ihn zuerst.',
  otherTab: 'In einem anderen Tab dieser Website läuft bereits ein Anruf.',
  network:
    'Der Anrufdienst ist nicht erreichbar. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  busyService: 'Zurzeit gehen zu viele Anrufe ein. Bitte versuchen Sie es in Kürze erneut.',
  serviceFailed: 'Beim Anrufdienst ist ein Problem aufgetreten. Bitte versuchen Sie es später erneut.',
  loadFailed:
    'Der Anruf konnte nicht gestartet werden. Bitte prüfen Sie Ihre Verbindung oder laden Sie die Seite neu.',
  micDenied: 'Das Mikrofon ist blockiert.',
  micMissing: 'Kein Mikrofon gefunden. Bitte schließen Sie eines an und versuchen Sie es erneut.',
  micInUse:
    'Ein anderes Programm verwendet das Mikrofon. Schließen Sie dieses Programm und versuchen Sie es erneut.',
  micFailed: 'Das Mikrofon hat nicht funktioniert. Bitte versuchen Sie es erneut.',
  mediaDenied: 'Mikrofon oder Kamera ist blockiert.',
  mediaMissing: 'Mikrofon oder Kamera fehlt. Bitte schließen Sie das Gerät an und versuchen Sie es erneut.',
  mediaInUse:
    'Mikrofon oder Kamera wird von einem anderen Programm verwendet. Bitte schließen Sie es und versuchen Sie es erneut.',
  mediaFailed: 'Mikrofon oder Kamera hat nicht funktioniert. Bitte versuchen Sie es erneut.',
  notFound: 'Diese Nummer ist nicht erreichbar.',
  rejected: 'Der Anruf wurde nicht angenommen.',
  busy: 'Die Leitung ist besetzt. Bitte versuchen Sie es gleich noch einmal.',
  noAnswer: 'Niemand hat abgenommen. Bitte versuchen Sie es später erneut.',
  dropped: 'Die Verbindung ist abgebrochen.',
  callFailed: 'Der Anruf ist fehlgeschlagen. Bitte versuchen Sie es erneut.',

  // How to unblock the microphone.
  allowChromium:
    'Klicken Sie auf das Symbol links neben der Adresse, erlauben Sie das Mikrofon und versuchen Sie es erneut.',
  allowFirefox:
    'Klicken Sie links neben der Adresse auf das durchgestrichene Mikrofon, heben Sie die Blockierung auf und versuchen Sie es erneut.',
  allowSafari:
    'Wählen Sie im Menü „Safari“ den Punkt „Einstellungen für diese Website“, erlauben Sie das Mikrofon und versuchen Sie es erneut.',
  allowIos:
    'Öffnen Sie die Einstellungen, wählen Sie Ihren Browser, erlauben Sie das Mikrofon und versuchen Sie es erneut.',
  allowAndroid:
    'Tippen Sie auf das Symbol links neben der Adresse, dann auf „Berechtigungen“, erlauben Sie das Mikrofon und versuchen Sie es erneut.',
  allowOther:
    'Erlauben Sie das Mikrofon in den Browsereinstellungen für diese Website und versuchen Sie es erneut.',
};
