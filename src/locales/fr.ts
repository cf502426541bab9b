// French. Text only; follows en.ts key by key.
import type { Strings } from './en.js';

export const fr: Strings = {
  call: 'Appeler',
  callTo: (name) => `Appel vers ${name}`,

  // How the call stands.
  preparing: 'Préparation…',
  askMicrophone: 'Veuillez autoriser l’accès au micro.',
  askCamera: 'Veuillez autoriser l’accès au micro et à la caméra.',
  connecting: 'Connexion…',
  ringing: 'Sonnerie en cours…',
  active: 'En communication',
  reconnecting: 'Connexion perdue. Reconnexion…',
  reconnected: 'Connexion rétablie',
  ended: 'Appel terminé',
  endedAfter: (duration) => `Appel terminé après ${duration}`,
  failed: 'L’appel a échoué',
  poorLine: 'La connexion est faible.',

  // What can be done.
  mute: 'Couper le micro',
  muted: 'Micro coupé',
  unmuted: 'Micro activé',
  hangUp: 'Raccrocher',
  keypad: 'Clavier',
  keypadKey: (key) => `Touche ${key}`,
  devices: 'Son et périphériques',
  microphone: 'Micro',
  speaker: 'Haut-parleur',
  camera: 'Caméra',
  volume: 'Volume',
  muteSpeaker: 'Couper le haut-parleur',
  unnamedDevice: (number) => `Périphérique ${number}`,
  microphoneLevel: 'Niveau du micro',
  deviceChanged: (name) => `Périphérique utilisé\u00a0: ${name}`,
  deviceLost: 'Le micro est déconnecté. Connectez-en un autre.',
  deviceRefused: 'Impossible d’utiliser ce périphérique.',
  cameraOff: 'Désactiver la caméra',
  hideSelf: 'Masquer mon image',
  showSelf: 'Afficher mon image',
  selfView: 'Mon image. Déplaçable avec les touches fléchées.',
  remoteVideo: 'Vidéo de l’interlocuteur',
  fullScreen: 'Plein écran',
  minimise: 'Réduire',
  restore: 'Afficher l’appel',
  close: 'Fermer',
  callAgain: 'Rappeler',
  tryAgain: 'Réessayer',
  tapToHear: 'Appuyez pour entendre l’appel',

  // Calls with an AI agent.
  captions: 'Sous-titres',
  speakerAgent: 'Assistant',
  speakerCaller: 'Vous',
  shared: 'Partagé avec vous',

  // What went wrong, for the visitor.
  unavailable: 'Les appels ne sont pas disponibles ici pour le moment.',
  unsupported: 'Ce navigateur ne permet pas de passer des appels ici.',
  offline: 'Vous semblez être hors ligne. Vérifiez votre connexion et réessayez.',
  inCall: 'Un autre appel est déjà en cours. Terminez-le d’abord.',
  otherTab: 'Un appel est en cours dans un autre onglet de ce site.',
  network: 'Le service d’appel est injoignable. Vérifiez votre connexion et réessayez.',
  busyService: 'Trop d’appels en ce moment. Veuillez réessayer dans quelques instants.',
  serviceFailed: 'Le service d’appel rencontre un problème. Veuillez réessayer plus tard.',
  loadFailed: 'Impossible de lancer l’appel. Vérifiez votre connexion ou actualisez la page.',
  micDenied: 'Le micro est bloqué.',
  micMissing: 'Aucun micro détecté. Branchez-en un et réessayez.',
  micInUse: 'Un autre programme utilise le micro. Fermez ce programme et réessayez.',
  micFailed: 'Le micro n’a pas fonctionné. Veuillez réessayer.',
  notFound: 'Ce numéro est injoignable.',
  rejected: 'L’appel n’a pas été accepté.',
  busy: 'La ligne est occupée. Veuillez réessayer dans un instant.',
  noAnswer: 'Personne n’a répondu. Veuillez réessayer plus tard.',
  dropped: 'La connexion a été perdue.',
  callFailed: 'L’appel a échoué. Veuillez réessayer.',

  // Where a blocked microphone is allowed again.
  allowChromium: 'Cliquez sur l’icône à gauche de l’adresse, autorisez le micro, puis réessayez.',
  allowFirefox: 'Cliquez sur le micro barré à gauche de l’adresse, levez le blocage, puis réessayez.',
  allowSafari:
    'Dans le menu Safari, ouvrez «\u00a0Réglages pour ce site web\u00a0», autorisez le micro, puis réessayez.',
  allowIos: 'Ouvrez Réglages, recherchez votre navigateur, autorisez le micro, puis réessayez.',
  allowAndroid:
    'Appuyez sur l’icône à gauche de l’adresse, puis sur «\u00a0Autorisations\u00a0», autorisez le micro et réessayez.',
  allowOther: 'Autorisez le micro pour ce site dans les paramètres du navigateur, puis réessayez.',
};
