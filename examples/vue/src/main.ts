import { createApp } from 'vue'
import 'imkit/define'
import type {} from 'imkit/vue'
import 'imkit/themes/imkit.css'
import App from './App.vue'
import './kit'
import './style.css'

createApp(App).mount('#app')
