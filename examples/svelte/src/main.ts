import { mount } from 'svelte'
import 'imkit/define'
import type {} from 'imkit/svelte'
import 'imkit/themes/imkit.css'
import App from './App.svelte'
import './kit'
import './style.css'

mount(App, { target: document.querySelector('#app')! })
