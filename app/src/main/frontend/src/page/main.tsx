import { render } from 'preact';
import { startTheme } from '../shared/theme';
import { App } from './App';
import './page.css';

startTheme();
const root = document.getElementById('page');
if (root) {
  render(<App />, root);
}
