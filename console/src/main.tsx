import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/graph.css';
import './styles/execution.css';
import './styles/facts.css';
import { App } from './app';

const place = document.getElementById('app');
if (place !== null) {
  render(<App />, place);
}
