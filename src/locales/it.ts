// Italian. Same keys and order as en.ts.
import type { Strings } from './en.js';

export const it: Strings = {
  call: 'Chiama',
  callTo: (name) => `Chiamata a ${name}`,

  // States of the call.
  preparing: 'Preparazione…',
  askMicrophone: 'Consentire l’accesso al microfono.',
  askCamera: 'Consentire l’accesso al microfono e alla videocamera.',
  connecting: 'Connessione in corso…',
  ringing: 'Sta squillando…',
  active: 'Chiamata in corso',
  reconnecting: 'Connessione persa. Riconnessione…',
  reconnected: 'Connessione ripristinata',
  ended: 'Chiamata terminata',
  endedAfter: (duration) => `Chiamata terminata dopo ${duration}`,
  failed: 'Chiamata non riuscita',
  poorLine: 'La connessione è debole.',

  // Controls and devices.
  mute: 'Disattiva microfono',
  muted: 'Microfono disattivato',
  unmuted: 'Microfono attivo',
  hangUp: 'Riaggancia',
  keypad: 'Tastierino',
  keypadKey: (key) => `Tasto ${key}`,
  devices: 'Audio e dispositivi',
  microphone: 'Microfono',
  speaker: 'Altoparlante',
  camera: 'Videocamera',
  volume: 'Volume',
  muteSpeaker: 'Silenzia altoparlante',
  microphoneChanged: (name) => `Microfono scollegato. In uso: ${name}`,
  speakerChanged: (name) => `Altoparlante scollegato. In uso: ${name}`,
  cameraChanged: (name) => `Videocamera scollegata. In uso: ${name}`,
  microphoneLost: 'Il microfono è stato scollegato. Collegarne un altro.',
  speakerLost: 'L’altoparlante è stato scollegato. Collegarne un altro.',
  cameraLost: 'La videocamera è stata scollegata. La chiamata continua senza.',
  deviceRefused: 'Impossibile usare questo dispositivo.',
  cameraOff: 'Disattiva videocamera',
  hideSelf: 'Nascondi la mia immagine',
  showSelf: 'Mostra la mia immagine',
  selfView: 'La mia immagine. Si sposta con i tasti freccia.',
  remoteVideo: 'Video dell’interlocutore',
  fullScreen: 'Schermo intero',
  minimise: 'Riduci',
  restore: 'Mostra la chiamata',
  close: 'Chiudi',
  callAgain: 'Richiama',
  tryAgain: 'Riprova',
  tapToHear: 'Tocca per sentire la chiamata',

  // Calls with an AI agent.
  captions: 'Sottotitoli',
  speakerAgent: 'Assistente',
  speakerCaller: 'Io',
  shared: 'Contenuto condiviso',

  // Failures, for the visitor.
  unavailable: 'Al momento qui non è possibile effettuare chiamate.',
  unsupported: 'Questo browser non consente di effettuare chiamate qui.',
  offline: 'Connessione a Internet assente. Controllare la rete e riprovare.',
  inCall: 'È già in corso un’altra chiamata. Terminarla e riprovare.',
  otherTab: 'È in corso una chiamata in un’altra scheda di questo sito.',
  network: 'Il servizio di chiamata non è raggiungibile. Controllare la connessione e riprovare.',
  busyService: 'Troppe chiamate al momento. Riprovare tra poco.',
  serviceFailed: 'Il servizio di chiamata ha un problema. Riprovare più tardi.',
  loadFailed: 'Impossibile avviare la chiamata. Controllare la connessione o ricaricare la pagina.',
  micDenied: 'Il microfono è bloccato.',
  micMissing: 'Nessun microfono trovato. Collegarne uno e riprovare.',
  micInUse: 'Un altro programma sta usando il microfono. Chiudere il programma e riprovare.',
  micFailed: 'Si è verificato un problema con il microfono. Riprovare.',
  mediaDenied: 'Il microfono o la videocamera è bloccato.',
  mediaMissing: 'Microfono o videocamera non trovati. Collegare il dispositivo e riprovare.',
  mediaInUse:
    'Un altro programma sta usando il microfono o la videocamera. Chiudere il programma e riprovare.',
  mediaFailed: 'Si è verificato un problema con il microfono o la videocamera. Riprovare.',
  notFound: 'Questo numero non è raggiungibile.',
  rejected: 'La chiamata non è stata accettata.',
  busy: 'La linea è occupata. Riprovare tra qualche istante.',
  noAnswer: 'Nessuna risposta. Riprovare più tardi.',
  dropped: 'La connessione è caduta.',
  callFailed: 'Chiamata non riuscita. Riprovare.',

  // How to unblock the microphone.
  allowChromium:
    'Fare clic sull’icona a sinistra dell’indirizzo, consentire l’uso del microfono e riprovare.',
  allowFirefox: 'Fare clic sul microfono barrato a sinistra dell’indirizzo, rimuovere il blocco e riprovare.',
  allowSafari:
    'Nel menu Safari aprire «Impostazioni per questo sito web», consentire l’uso del microfono e riprovare.',
  allowIos: 'Aprire Impostazioni, cercare il browser in uso, consentire l’uso del microfono e riprovare.',
  allowAndroid:
    'Toccare l’icona a sinistra dell’indirizzo, poi «Autorizzazioni», consentire l’uso del microfono e riprovare.',
  allowOther: 'Consentire l’uso del microfono per questo sito nelle impostazioni del browser e riprovare.',
};
