// Japanese. Text only; follows en.ts key by key.
import type { Strings } from './en.js';

export const ja: Strings = {
  call: '電話する',
  callTo: (name) => `${name}への通話`,

  // How the call stands.
  preparing: '準備中…',
  askMicrophone: 'マイクの使用を許可してください。',
  askCamera: 'マイクとカメラの使用を許可してください。',
  connecting: '接続中…',
  ringing: '呼び出し中…',
  active: '通話中',
  reconnecting: '接続が切れました。再接続中…',
  reconnected: '再接続しました',
  ended: '通話が終了しました',
  endedAfter: (duration) => `通話が終了しました（${duration}）`,
  failed: '通話できませんでした',
  poorLine: '接続が不安定です。',

  // What can be done.
  mute: 'マイクをミュート',
  muted: 'マイクはオフです',
  unmuted: 'マイクはオンです',
  hangUp: '通話を終了',
  keypad: 'キーパッド',
  keypadKey: (key) => `${key} キー`,
  devices: '音声とデバイス',
  microphone: 'マイク',
  speaker: 'スピーカー',
  camera: 'カメラ',
  volume: '音量',
  muteSpeaker: 'スピーカーをミュート',
  unnamedDevice: (number) => `デバイス ${number}`,
  microphoneLevel: 'マイクの入力レベル',
  deviceChanged: (name) => `使用中のデバイス：${name}`,
  deviceLost: 'マイクの接続が切れました。別のマイクを接続してください。',
  deviceRefused: 'そのデバイスは使用できませんでした。',
  cameraOff: 'カメラをオフにする',
  hideSelf: '自分の映像を非表示',
  showSelf: '自分の映像を表示',
  selfView: '自分の映像。矢印キーで移動できます。',
  remoteVideo: '相手の映像',
  fullScreen: '全画面表示',
  minimise: '最小化',
  restore: '通話を表示',
  close: '閉じる',
  callAgain: 'もう一度電話する',
  tryAgain: '再試行',
  tapToHear: 'タップして音声を聞く',

  // Calls with an AI agent.
  captions: '字幕',
  speakerAgent: 'アシスタント',
  speakerCaller: 'あなた',
  shared: '共有された内容',

  // What went wrong, for the visitor.
  unavailable: '現在、こちらでは通話をご利用いただけません。',
  unsupported: 'このブラウザでは、こちらの通話をご利用いただけません。',
  offline: 'オフラインのようです。接続を確認して、もう一度お試しください。',
  inCall: 'すでに別の通話中です。先にその通話を終了してください。',
  otherTab: 'このサイトの別のタブで通話中です。',
  network: '通話サービスに接続できませんでした。接続を確認して、もう一度お試しください。',
  busyService: '現在、通話が混み合っています。しばらくしてからもう一度お試しください。',
  serviceFailed: '通話サービスに問題が発生しています。後でもう一度お試しください。',
  loadFailed: '通話を開始できませんでした。接続を確認するか、ページを再読み込みしてください。',
  micDenied: 'マイクがブロックされています。',
  micMissing: 'マイクが見つかりませんでした。マイクを接続して、もう一度お試しください。',
  micInUse: 'マイクは別のアプリで使用中です。そのアプリを閉じて、もう一度お試しください。',
  micFailed: 'マイクを使用できませんでした。もう一度お試しください。',
  notFound: 'この番号にはつながりません。',
  rejected: '通話が拒否されました。',
  busy: '話し中です。少し待ってからもう一度お試しください。',
  noAnswer: '応答がありませんでした。後でもう一度お試しください。',
  dropped: '接続が切れました。',
  callFailed: '通話できませんでした。もう一度お試しください。',

  // Where a blocked microphone is allowed again.
  allowChromium: 'アドレスの左にあるアイコンをクリックし、マイクを許可して、もう一度お試しください。',
  allowFirefox:
    'アドレスの左にある斜線付きのマイクをクリックし、ブロックを解除して、もう一度お試しください。',
  allowSafari: '「Safari」メニューの「このWebサイトでの設定」でマイクを許可して、もう一度お試しください。',
  allowIos: '「設定」でお使いのブラウザを選び、マイクを許可して、もう一度お試しください。',
  allowAndroid:
    'アドレスの左にあるアイコン、「権限」の順にタップし、マイクを許可して、もう一度お試しください。',
  allowOther: 'ブラウザの設定でこのサイトにマイクの使用を許可して、もう一度お試しください。',
};
