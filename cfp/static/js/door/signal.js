// What is heard and felt: two rising tones for yes, a long low one for no.
let context;

// A browser lets a page sound only after somebody has touched it.
export function unlock() {
  context ??= new (globalThis.AudioContext ?? globalThis.webkitAudioContext)();
  context.resume();
}

function tone(frequency, start, length) {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  const begin = context.currentTime + start;
  oscillator.frequency.value = frequency;
  oscillator.type = frequency < 300 ? "sawtooth" : "sine";
  volume.gain.setValueAtTime(0.25, begin);
  volume.gain.exponentialRampToValueAtTime(0.001, begin + length);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + length);
}

export function signal(isGood) {
  navigator.vibrate?.(isGood ? 80 : [220, 90, 220]);
  if (context?.state !== "running") return;
  if (isGood) { tone(880, 0, 0.12); tone(1320, 0.11, 0.18); } else tone(160, 0, 0.5);
}
