// Dutch. Same keys and order as en.ts.
import type { Strings } from './en.js';

export const nl: Strings = {
  call: 'Bellen',
  callTo: (name) => `Gesprek met ${name}`,

  // States of the call.
  preparing: 'Voorbereiden…',
  askMicrophone: 'Geef toegang tot de microfoon.',
  askCamera: 'Geef toegang tot de microfoon en de camera.',
  connecting: 'Verbinding maken…',
  ringing: 'Telefoon gaat over…',
  active: 'Verbonden',
  reconnecting: 'Verbinding verbroken. Opnieuw verbinden…',
  reconnected: 'Weer verbonden',
  ended: 'Gesprek beëindigd',
  endedAfter: (duration) => `Gesprek beëindigd na ${duration}`,
  failed: 'Bellen is niet gelukt',
  poorLine: 'De verbinding is zwak.',

  // Controls and devices.
  mute: 'Microfoon dempen',
  muted: 'Microfoon is uit',
  unmuted: 'Microfoon is aan',
  hangUp: 'Ophangen',
  keypad: 'Toetsenblok',
  keypadKey: (key) => `Toets ${key}`,
  devices: 'Geluid en apparaten',
  microphone: 'Microfoon',
  speaker: 'Luidspreker',
  camera: 'Camera',
  volume: 'Volume',
  muteSpeaker: 'Luidspreker dempen',
  microphoneChanged: (name) => `Microfoon losgekoppeld. Nu in gebruik: ${name}`,
  speakerChanged: (name) => `Luidspreker losgekoppeld. Nu in gebruik: ${name}`,
  cameraChanged: (name) => `Camera losgekoppeld. Nu in gebruik: ${name}`,
  microphoneLost: 'De microfoon is losgekoppeld. Sluit een andere aan.',
  speakerLost: 'De luidspreker is losgekoppeld. Sluit een andere aan.',
  cameraLost: 'De camera is losgekoppeld. Het gesprek gaat zonder verder.',
  deviceRefused: 'Dat apparaat kan niet worden gebruikt.',
  cameraOff: 'Camera uitzetten',
  hideSelf: 'Eigen beeld verbergen',
  showSelf: 'Eigen beeld tonen',
  selfView: 'Eigen beeld. Verplaats het met de pijltoetsen.',
  remoteVideo: 'Beeld van de ander',
  fullScreen: 'Volledig scherm',
  minimise: 'Minimaliseren',
  restore: 'Gesprek tonen',
  close: 'Sluiten',
  callAgain: 'Opnieuw bellen',
  tryAgain: 'Opnieuw proberen',
  tapToHear: 'Tik om het gesprek te horen',

  // Calls with an AI agent.
  captions: 'Ondertiteling',
  speakerAgent: 'Assistent',
  speakerCaller: 'U',
  shared: 'Met u gedeeld',

  // Failures, for the visitor.
  unavailable: 'Bellen is hier op dit moment niet mogelijk.',
  unsupported: 'Bellen is hier niet mogelijk met deze browser.',
  offline: 'U lijkt offline te zijn. Controleer de verbinding en probeer het opnieuw.',
  inCall: 'Er is al een ander gesprek bezig. Beëindig dat eerst.',
  otherTab: 'Er is een gesprek bezig in een ander tabblad van deze site.',
  network: 'De beldienst is niet bereikbaar. Controleer de verbinding en probeer het opnieuw.',
  busyService: 'Er zijn op dit moment te veel gesprekken. Probeer het straks opnieuw.',
  serviceFailed: 'Er is een probleem met de beldienst. Probeer het later opnieuw.',
  loadFailed: 'Het gesprek kan niet worden gestart. Controleer de verbinding of laad de pagina opnieuw.',
  micDenied: 'De microfoon is geblokkeerd.',
  micMissing: 'Er is geen microfoon gevonden. Sluit er een aan en probeer het opnieuw.',
  micInUse: 'Een ander programma gebruikt de microfoon. Sluit dat programma en probeer het opnieuw.',
  micFailed: 'De microfoon werkte niet. Probeer het opnieuw.',
  mediaDenied: 'De microfoon of camera is geblokkeerd.',
  mediaMissing: 'Geen microfoon of camera gevonden. Sluit het apparaat aan en probeer het opnieuw.',
  mediaInUse:
    'Een ander programma gebruikt de microfoon of camera. Sluit dat programma en probeer het opnieuw.',
  mediaFailed: 'De microfoon of camera werkte niet. Probeer het opnieuw.',
  notFound: 'Dit nummer is niet bereikbaar.',
  rejected: 'De oproep is niet aangenomen.',
  busy: 'De lijn is bezet. Probeer het zo meteen opnieuw.',
  noAnswer: 'Er werd niet opgenomen. Probeer het later opnieuw.',
  dropped: 'De verbinding is verbroken.',
  callFailed: 'Bellen is niet gelukt. Probeer het opnieuw.',

  // How to unblock the microphone.
  allowChromium: 'Klik op het pictogram links van het adres, sta de microfoon toe en probeer het opnieuw.',
  allowFirefox:
    'Klik op de doorgestreepte microfoon links van het adres, hef de blokkering op en probeer het opnieuw.',
  allowSafari:
    'Open in het Safari-menu de instellingen voor deze website, sta de microfoon toe en probeer het opnieuw.',
  allowIos: 'Open Instellingen, zoek uw browser op, sta de microfoon toe en probeer het opnieuw.',
  allowAndroid:
    'Tik op het pictogram links van het adres en op ‘Rechten’, sta de microfoon toe en probeer het opnieuw.',
  allowOther: 'Sta de microfoon voor deze site toe in de browserinstellingen en probeer het opnieuw.',
};
