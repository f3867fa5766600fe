import { expect } from '@open-wc/testing'
import { effect } from '@preact/signals-core'
import { Clock } from '../../src/kit/clock.js'
import { en } from '../../src/kit/locales/en.js'
import { zh_CN } from '../../src/kit/locales/zh_CN.js'
import { duration, fullTime, listTime, messageTime, timeLine } from '../../src/kit/time.js'
import { ManualTimers } from '../support/manual-timers.js'

const at = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).getTime()
const now = at(2026, 3, 4, 0, 30)

describe('times', () => {
  const lines: [name: string, time: number, zh: string, en: string, inList: string][] = [
    ['now', now, '00:30', '00:30', '00:30'],
    ['just after midnight', at(2026, 3, 4, 0, 0), '00:00', '00:00', '00:00'],
    ['just before midnight', at(2026, 3, 3, 23, 59), '昨天 23:59', 'Yesterday 23:59', 'Yesterday'],
    ['the day before that', at(2026, 3, 2, 23, 59), '3/2 23:59', '3/2 23:59', '3/2'],
    ['new year', at(2026, 1, 1, 9, 5), '1/1 09:05', '1/1 09:05', '1/1'],
    ['last year', at(2025, 12, 31, 9, 5), '2025/12/31 09:05', '12/31/2025 09:05', '12/31/2025'],
    ['later today', at(2026, 3, 4, 14, 5), '14:05', '14:05', '14:05'],
  ]
  for (const [name, time, zh, english, inList] of lines) {
    it(`writes ${name}`, () => {
      expect(timeLine(time, now, zh_CN)).to.equal(zh)
      expect(timeLine(time, now, en)).to.equal(english)
      expect(listTime(time, now, en)).to.equal(inList)
    })
  }

  it('writes whole dates for those who ask', () => {
    expect(fullTime(at(2026, 3, 4, 14, 5), en)).to.match(/Wednesday, March 4, 2026.*14:05/)
    expect(fullTime(at(2026, 3, 4, 14, 5), zh_CN)).to.match(/2026年3月4日.*星期三.*14:05/)
    expect(messageTime(at(2026, 3, 4, 9, 5), en)).to.equal('09:05')
  })

  it('writes nothing for what is no time', () => {
    expect(timeLine(NaN, now, en).trim()).to.equal('')
    expect(fullTime(Infinity, en)).to.equal('')
  })

  const durations: [seconds: number, expected: string][] = [
    [0, '0:00'],
    [7.4, '0:07'],
    [59.6, '1:00'],
    [750, '12:30'],
    [3723, '1:02:03'],
    [-3, '0:00'],
    [NaN, '0:00'],
  ]
  for (const [seconds, expected] of durations) {
    it(`writes ${seconds} seconds as ${expected}`, () => {
      expect(duration(seconds)).to.equal(expected)
    })
  }
})

describe('the clock', () => {
  it('wakes at midnight those who look, with one timer, and nobody else', () => {
    const timers = new ManualTimers()
    let time = at(2026, 3, 4, 23, 0)
    const clock = new Clock(() => time, timers.schedule)
    expect(clock.today.value).to.equal(time)
    expect(timers.pending).to.deep.equal([])

    const seen: number[][] = [[], []]
    const stops = seen.map((times) => effect(() => void times.push(clock.today.value)))
    expect(timers.pending).to.deep.equal([60 * 60_000])
    time = at(2026, 3, 5)
    timers.runAll()
    expect(seen).to.deep.equal([
      [at(2026, 3, 4, 23, 0), time],
      [at(2026, 3, 4, 23, 0), time],
    ])
    expect(timers.pending).to.deep.equal([24 * 60 * 60_000])
    for (const stop of stops) stop()
    expect(timers.pending).to.deep.equal([])
  })
})
