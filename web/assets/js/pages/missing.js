import {frame, setTitle} from '../page.js';
import {t} from '../i18n.js';

frame();
setTitle(t('missing.title'));
