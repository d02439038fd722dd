import '@patternfly/react-core/dist/styles/base.css';
import './portal.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { discoverWallets } from '../shared/wallet';
import { App } from './App';

discoverWallets();
createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>);
