#!/bin/sh
# Generates the audio clips of the local platform: Ogg Opus, mono, 48 kHz, 20 ms frames.
# Needs espeak-ng, ffmpeg and opusenc (Debian: apt install espeak-ng ffmpeg opus-tools). Run it in this folder.
set -eu

# espeak's default voice is fast, flat and harsh. A lower speed, a higher pitch, a low-pass at 6 kHz, compression and
# a little reverb make it pleasant to listen to.
say() {
  espeak-ng -v en-us+f3 -s 148 -p 48 -a 120 -g 2 -w "$1.wav" "$2"
  ffmpeg -loglevel error -y -i "$1.wav" -af "\
highpass=f=110,lowpass=f=6000,equalizer=f=3200:t=q:w=1.2:g=-4,equalizer=f=240:t=q:w=1:g=2,\
acompressor=threshold=-20dB:ratio=3:attack=5:release=120,aecho=0.9:0.5:23|41:0.10|0.06,\
loudnorm=I=-19:TP=-2:LRA=7,adelay=120,apad=pad_dur=0.25,aresample=48000" -ac 1 "$1.clean.wav"
  opusenc --quiet --bitrate "${3:-24}" --framesize 20 --speech --discard-comments --discard-pictures --serial 1 "$1.clean.wav" "$1.opus"
  rm "$1.wav" "$1.clean.wav"
}

say greeting 'Hello! This is the demo line. Speak, and you will hear yourself.'
say agent-hello 'Hello! I am the demo agent. Ask me for something.'
say agent-reply 'Of course. I am putting a few things on your screen now.'
say agent-long 'There is a lot more that I could tell you about this, beginning with the history of the telephone, which is long.'

# A 440 Hz tone, looped by its second half: one second holds a whole number of periods. Constant bit rate, so that
# all packets have the same size.
ffmpeg -loglevel error -y -f lavfi -i "sine=frequency=440:sample_rate=48000:duration=2,volume=2" -ac 1 tone.wav
opusenc --quiet --bitrate 32 --hard-cbr --framesize 20 --music --discard-comments --serial 1 tone.wav tone.opus
rm tone.wav
