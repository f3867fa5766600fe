/** Something to listen to: a melody, as an uncompressed WAV file. */

const rate = 8000
const notes = [392, 440, 494, 587, 494, 440, 392, 294]

export function melody(seconds: number): File {
  const samples = new Int16Array(rate * seconds)
  for (let at = 0; at < samples.length; at += 1) {
    const time = at / rate
    const note = notes[Math.floor(time * 3) % notes.length]!
    const fade = 1 - ((time * 3) % 1)
    samples[at] = Math.sin(2 * Math.PI * note * time) * fade * 8000
  }
  const header = new DataView(new ArrayBuffer(44))
  const write = (offset: number, text: string) => {
    for (const [index, character] of [...text].entries()) {
      header.setUint8(offset + index, character.charCodeAt(0))
    }
  }
  write(0, 'RIFF')
  header.setUint32(4, 36 + samples.byteLength, true)
  write(8, 'WAVEfmt ')
  header.setUint32(16, 16, true)
  header.setUint16(20, 1, true)
  header.setUint16(22, 1, true)
  header.setUint32(24, rate, true)
  header.setUint32(28, rate * 2, true)
  header.setUint16(32, 2, true)
  header.setUint16(34, 16, true)
  write(36, 'data')
  header.setUint32(40, samples.byteLength, true)
  return new File([header, samples], 'melody.wav', { type: 'audio/wav' })
}
