// Spanish. Same keys and order as en.ts.
import type { Strings } from './en.js';

export const es: Strings = {
  call: 'Llamar',
  callTo: (name) => `Llamada a ${name}`,

  // States of the call.
  preparing: 'Preparando…',
  askMicrophone: 'Permita el acceso al micrófono.',
  askCamera: 'Permita el acceso al micrófono y a la cámara.',
  connecting: 'Conectando…',
  ringing: 'Llamando…',
  active: 'Llamada en curso',
  reconnecting: 'Conexión perdida. Reconectando…',
  reconnected: 'Conexión restablecida',
  ended: 'Llamada finalizada',
  endedAfter: (duration) => `Llamada finalizada tras ${duration}`,
  failed: 'No se pudo completar la llamada',
  poorLine: 'La conexión es débil.',

  // Controls and devices.
  mute: 'Silenciar micrófono',
  muted: 'Micrófono silenciado',
  unmuted: 'Micrófono activado',
  hangUp: 'Colgar',
  keypad: 'Teclado',
  keypadKey: (key) => `Tecla ${key}`,
  devices: 'Sonido y dispositivos',
  microphone: 'Micrófono',
  speaker: 'Altavoz',
  camera: 'Cámara',
  volume: 'Volumen',
  muteSpeaker: 'Silenciar altavoz',
  microphoneChanged: (name) => `Micrófono desconectado. En uso: ${name}`,
  speakerChanged: (name) => `Altavoz desconectado. En uso: ${name}`,
  cameraChanged: (name) => `Cámara desconectada. En uso: ${name}`,
  microphoneLost: 'Se desconectó el micrófono. Conecte otro.',
  speakerLost: 'Se desconectó el altavoz. Conecte otro.',
  cameraLost: 'Se desconectó la cámara. La llamada continúa sin ella.',
  deviceRefused: 'No se pudo usar ese dispositivo.',
  cameraOff: 'Desactivar cámara',
  hideSelf: 'Ocultar mi imagen',
  showSelf: 'Mostrar mi imagen',
  selfView: 'Mi imagen. Se mueve con las teclas de flecha.',
  remoteVideo: 'Imagen del interlocutor',
  fullScreen: 'Pantalla completa',
  minimise: 'Minimizar',
  restore: 'Mostrar la llamada',
  close: 'Cerrar',
  callAgain: 'Volver a llamar',
  tryAgain: 'Reintentar',
  tapToHear: 'Toque para oír la llamada',

  // Calls with an AI agent.
  captions: 'Subtítulos',
  speakerAgent: 'Asistente',
  speakerCaller: 'Usted',
  shared: 'Compartido con usted',

  // Failures, for the visitor.
  unavailable: 'En este momento no se puede llamar desde aquí.',
  unsupported: 'Este navegador no permite hacer llamadas aquí.',
  offline: 'Parece que no hay conexión a Internet. Revise la conexión e inténtelo de nuevo.',
  inCall: 'Ya hay otra llamada en curso. Finalícela primero.',
  otherTab: 'Hay una llamada en curso en otra pestaña de este sitio.',
  network: 'No se pudo contactar con el servicio de llamadas. Compruebe la conexión e inténtelo de nuevo.',
  busyService: 'Hay demasiadas llamadas en este momento. Inténtelo de nuevo en breve.',
  serviceFailed: 'Hay un problema con el servicio de llamadas. Inténtelo de nuevo más tarde.',
  loadFailed: 'No se pudo iniciar la llamada. Compruebe la conexión o recargue la página.',
  micDenied: 'El micrófono está bloqueado.',
  micMissing: 'No se encontró ningún micrófono. Conecte uno e inténtelo de nuevo.',
  micInUse: 'Otro programa está usando el micrófono. Cierre ese programa e inténtelo de nuevo.',
  micFailed: 'Hubo un problema con el micrófono. Inténtelo de nuevo.',
  mediaDenied: 'El micrófono o la cámara están bloqueados.',
  mediaMissing: 'No se encontró ningún micrófono o cámara. Conecte el dispositivo e inténtelo de nuevo.',
  mediaInUse: 'Otro programa está usando el micrófono o la cámara. Cierre ese programa e inténtelo de nuevo.',
  mediaFailed: 'Hubo un problema con el micrófono o la cámara. Inténtelo de nuevo.',
  notFound: 'No es posible llamar a este número.',
  rejected: 'La llamada no fue aceptada.',
  busy: 'La línea está ocupada. Inténtelo de nuevo en unos instantes.',
  noAnswer: 'Nadie respondió. Inténtelo de nuevo más tarde.',
  dropped: 'Se perdió la conexión.',
  callFailed: 'No se pudo completar la llamada. Inténtelo de nuevo.',

  // How to unblock the microphone.
  allowChromium:
    'Haga clic en el icono a la izquierda de la dirección, permita el uso del micrófono e inténtelo de nuevo.',
  allowFirefox:
    'Haga clic en el micrófono tachado a la izquierda de la dirección, quite el bloqueo e inténtelo de nuevo.',
  allowSafari:
    'En el menú Safari, abra «Ajustes para este sitio web», permita el uso del micrófono e inténtelo de nuevo.',
  allowIos: 'Abra Ajustes, busque su navegador, permita el uso del micrófono e inténtelo de nuevo.',
  allowAndroid:
    'Toque el icono a la izquierda de la dirección y luego «Permisos», permita el uso del micrófono e inténtelo de nuevo.',
  allowOther:
    'Permita el uso del micrófono para este sitio en los ajustes del navegador e inténtelo de nuevo.',
};
