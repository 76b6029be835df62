// Where the window starts: words first, then the interface.
import './schema-setup.ts';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { keepColourChangesQuiet } from './controls/colour-changes.ts';
import './theme.css';
import { setUpWords } from './words/words.ts';

setUpWords();
keepColourChangesQuiet();
const place = document.getElementById('lookout');
if (place === null) throw new Error('index.html has no place for the interface');
createRoot(place).render(<App />);
