import { bundledSize } from '../bundled-size.js'

const elements = ['conversation-list', 'message-list', 'message-editor'].map(
  (name) => `components/${name}/${name}.define.ts`,
)
const whole = 'three elements, core and the embedded backend'

/** @type {import('../scenario.js').Scenario} */
export default {
  letter: 'i',
  id: 'size',
  title: 'What a page loads before anything is shown',
  cases: [
    { name: whole, setup: [...elements, 'src/kit/index.ts', 'src/backends/local/index.ts'] },
    {
      name: 'all elements, core and the embedded backend',
      setup: ['src/define.ts', 'src/kit/index.ts', 'src/backends/local/index.ts'],
    },
    { name: 'the core alone', setup: ['src/core/index.ts'] },
    { name: 'the embedded backend alone', setup: ['src/backends/local/index.ts'] },
  ],
  metrics: {
    without: { title: 'without Dexie', unit: 'KB', digits: 1 },
    with: { title: 'with Dexie', unit: 'KB', digits: 1 },
  },
  only: ['ours'],
  isOnce: true,

  async run({ case: { setup: entries } }) {
    return {
      without: (await bundledSize(entries, ['dexie'])) / 1024,
      with: (await bundledSize(entries)) / 1024,
    }
  },

  bars: (value) => [
    { text: 'KB without Dexie', value: value(whole, 'ours', 'without'), most: 60 },
    { text: 'KB with Dexie', value: value(whole, 'ours', 'with'), most: 95 },
  ],
}
