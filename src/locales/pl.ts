// Polish. Text only; follows en.ts key by key.
import type { Strings } from './en.js';

export const pl: Strings = {
  call: 'Zadzwoń',
  callTo: (name) => `Połączenie: ${name}`,

  // How the call stands.
  preparing: 'Przygotowywanie…',
  askMicrophone: 'Zezwól na dostęp do mikrofonu.',
  askCamera: 'Zezwól na dostęp do mikrofonu i kamery.',
  connecting: 'Łączenie…',
  ringing: 'Dzwoni…',
  active: 'Połączono',
  reconnecting: 'Utracono połączenie. Ponowne łączenie…',
  reconnected: 'Połączono ponownie',
  ended: 'Połączenie zakończone',
  endedAfter: (duration) => `Połączenie zakończone. Czas trwania: ${duration}`,
  failed: 'Połączenie nie powiodło się',
  poorLine: 'Połączenie jest słabe.',

  // What can be done.
  mute: 'Wycisz mikrofon',
  muted: 'Mikrofon wyciszony',
  unmuted: 'Mikrofon włączony',
  hangUp: 'Rozłącz',
  keypad: 'Klawiatura',
  keypadKey: (key) => `Klawisz ${key}`,
  devices: 'Dźwięk i urządzenia',
  microphone: 'Mikrofon',
  speaker: 'Głośnik',
  camera: 'Kamera',
  volume: 'Głośność',
  muteSpeaker: 'Wycisz głośnik',
  unnamedDevice: (number) => `Urządzenie ${number}`,
  microphoneLevel: 'Poziom mikrofonu',
  deviceChanged: (name) => `Używane urządzenie: ${name}`,
  deviceLost: 'Mikrofon został odłączony. Podłącz inny.',
  deviceRefused: 'Nie można użyć tego urządzenia.',
  cameraOff: 'Wyłącz kamerę',
  hideSelf: 'Ukryj swój obraz',
  showSelf: 'Pokaż swój obraz',
  selfView: 'Twój obraz. Można go przesuwać strzałkami.',
  remoteVideo: 'Obraz rozmówcy',
  fullScreen: 'Pełny ekran',
  minimise: 'Minimalizuj',
  restore: 'Pokaż połączenie',
  close: 'Zamknij',
  callAgain: 'Zadzwoń ponownie',
  tryAgain: 'Spróbuj ponownie',
  tapToHear: 'Dotknij, aby usłyszeć rozmowę',

  // Calls with an AI agent.
  captions: 'Napisy',
  speakerAgent: 'Asystent',
  speakerCaller: 'Ty',
  shared: 'Udostępnione Tobie',

  // What went wrong, for the visitor.
  unavailable: 'Połączenia są tu chwilowo niedostępne.',
  unsupported: 'Ta przeglądarka nie obsługuje połączeń na tej stronie.',
  offline: 'Wygląda na to, że jesteś offline. Sprawdź połączenie i spróbuj ponownie.',
  inCall: 'Trwa już inne połączenie. Najpierw je zakończ.',
  otherTab: 'Trwa połączenie w innej karcie tej witryny.',
  network: 'Usługa połączeń jest niedostępna. Sprawdź dostęp do internetu i spróbuj ponownie.',
  busyService: 'Obecnie jest zbyt wiele połączeń. Spróbuj ponownie za chwilę.',
  serviceFailed: 'Wystąpił problem z usługą połączeń. Spróbuj ponownie później.',
  loadFailed: 'Nie udało się rozpocząć połączenia. Sprawdź dostęp do internetu lub odśwież stronę.',
  micDenied: 'Mikrofon jest zablokowany.',
  micMissing: 'Nie znaleziono mikrofonu. Podłącz go i spróbuj ponownie.',
  micInUse: 'Mikrofonu używa inny program. Zamknij go i spróbuj ponownie.',
  micFailed: 'Mikrofon nie zadziałał. Spróbuj ponownie.',
  notFound: 'Nie można połączyć się z tym numerem.',
  rejected: 'Połączenie nie zostało przyjęte.',
  busy: 'Linia jest zajęta. Spróbuj ponownie za chwilę.',
  noAnswer: 'Nikt nie odebrał. Spróbuj ponownie później.',
  dropped: 'Połączenie zostało przerwane.',
  callFailed: 'Połączenie nie powiodło się. Spróbuj ponownie.',

  // Where a blocked microphone is allowed again.
  allowChromium: 'Kliknij ikonę po lewej stronie adresu, zezwól na użycie mikrofonu i spróbuj ponownie.',
  allowFirefox: 'Kliknij przekreślony mikrofon po lewej stronie adresu, usuń blokadę i spróbuj ponownie.',
  allowSafari:
    'W menu Safari otwórz „Ustawienia dla tej witryny”, zezwól na użycie mikrofonu i spróbuj ponownie.',
  allowIos: 'Otwórz Ustawienia, znajdź swoją przeglądarkę, zezwól na użycie mikrofonu i spróbuj ponownie.',
  allowAndroid:
    'Dotknij ikony po lewej stronie adresu, wybierz „Uprawnienia”, zezwól na użycie mikrofonu i spróbuj ponownie.',
  allowOther: 'Zezwól tej witrynie na użycie mikrofonu w ustawieniach przeglądarki i spróbuj ponownie.',
};
