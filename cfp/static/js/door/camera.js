// The camera: every QR code that it sees is told once. By the browser's own detector where there is
// one, else by the vendored decoder, which is loaded only then.
const EVERY = 120;
const WIDTH = 640;

export class Camera {
  constructor(video, decoder, seen) {
    this.video = video;
    this.decoder = decoder;
    this.seen = seen;
  }

  async start() {
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.read = await reader(this.decoder);
    this.look();
  }

  async look() {
    if (!document.hidden && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      const text = await this.read(this.video).catch(() => null);
      if (text) this.seen(text);
    }
    setTimeout(() => this.look(), EVERY);
  }

  get hasLight() { return Boolean(this.stream?.getVideoTracks()[0].getCapabilities?.().torch); }
  light(on) { return this.stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] }); }
}

async function reader(decoder) {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
  if (formats.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  await load(decoder);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDTH / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return globalThis.jsQR(data, canvas.width, canvas.height, { inversionAttempts: "dontInvert" })?.data;
  };
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}
