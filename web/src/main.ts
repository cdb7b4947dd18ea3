import { createApp } from 'vue';
import App from './App.vue';
import { installUi } from './ui';
import './design/tokens.css';
import './design/base.css';
import './design/controls.css';
import './design/element.css';
import { locale, setLocale } from './i18n';
import { router } from './router';

setLocale(locale.value);
const app = createApp(App);
installUi(app);
app.use(router).mount('#app');
