import {
  Button, Masthead, MastheadBrand, MastheadContent, MastheadMain, MastheadToggle, Nav, NavItem, NavList, Page, PageSidebar,
  PageSidebarBody, PageToggleButton, SkipToContent, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem,
} from '@patternfly/react-core';
import { BarsIcon, DesktopIcon, MoonIcon, SunIcon } from '@patternfly/react-icons';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Audit } from './audit/Audit';
import { Approvals } from './batches/Approvals';
import { BatchDetail } from './batches/BatchDetail';
import { Batches } from './batches/Batches';
import { NewBatch } from './batches/NewBatch';
import { Logo } from './common/Logo';
import { Screen } from './common/parts';
import { To, useRoute } from './common/router';
import { useTheme, type Theme } from './common/theme';
import { Dashboard } from './dashboard/Dashboard';
import { LinkDetail } from './links/LinkDetail';
import { Links } from './links/Links';
import { Privacy } from './privacy/Privacy';
import { LiveContext, LiveEvents } from './live/live';
import { Login } from './session/Login';
import { SessionContext, type Session, type SignedIn } from './session/session';
import { Settings } from './settings/Settings';

const PLACES = [
  ['/', 'Dashboard'], ['/batches', 'Batches'], ['/approvals', 'Approvals'], ['/links', 'Links'], ['/privacy', 'Privacy'], ['/audit', 'Audit log'], ['/settings', 'Settings'],
] as const;

function screenFor(path: string, query: URLSearchParams): ReactNode {
  const [, place, id] = path.split('/');
  switch (place) {
    case '': return <Dashboard />;
    case 'batches': return id === 'new' ? <NewBatch /> : id ? <BatchDetail key={id} id={id} /> : <Batches />;
    case 'approvals': return <Approvals />;
    case 'links': return id ? <LinkDetail key={id} id={id} /> : <Links key={query.toString()} batch={query.get('batch') ?? ''} />;
    case 'privacy': return <Privacy />;
    case 'audit': return <Audit />;
    case 'settings': return <Settings />;
    default: return <Screen title="There is nothing here"><To path="/">Go to the dashboard</To></Screen>;
  }
}

export function App() {
  const [signedIn, setSignedIn] = useState<SignedIn>();
  const [theme, setTheme] = useTheme();
  const signOut = useCallback(() => setSignedIn((before) => {
    before?.atSignOut?.();
    return undefined;
  }), []);
  const session = useMemo(() => signedIn && { ...signedIn, signOut }, [signedIn, signOut]);
  const api = session?.api;
  const live = useMemo(() => api && new LiveEvents(api), [api]);
  useEffect(() => live?.start(), [live]);
  if (!session) {
    return <Login onSession={setSignedIn} />;
  }
  return (
    <SessionContext.Provider value={session}>
      <LiveContext.Provider value={live}><Shell session={session} theme={theme} setTheme={setTheme} /></LiveContext.Provider>
    </SessionContext.Provider>
  );
}

/** From this width on, PatternFly shows the navigation beside the page, below it over the page. */
const wide = window.matchMedia('(width >= 75rem)');

/** Whether the navigation is open: at first where there is room; on narrow screens until a place is chosen. */
function useNavigation(path: string): [boolean, () => void] {
  const [isOpen, setOpen] = useState(wide.matches);
  useEffect(() => {
    const follow = () => setOpen(wide.matches);
    wide.addEventListener('change', follow);
    return () => wide.removeEventListener('change', follow);
  }, []);
  useEffect(() => setOpen((open) => open && wide.matches), [path]);
  return [isOpen, useCallback(() => setOpen((open) => !open), [])];
}

function Shell({ session, theme, setTheme }: { session: Session; theme: Theme; setTheme: (theme: Theme) => void }) {
  const { path, query } = useRoute();
  const [isNavOpen, toggleNav] = useNavigation(path);
  const isActive = (place: string) => (place === '/' ? path === '/' : path.startsWith(place));
  const sidebar = (
    <PageSidebar isSidebarOpen={isNavOpen}>
      <PageSidebarBody>
        <Nav aria-label="Portal">
          <NavList>
            {PLACES.map(([place, name]) => <NavItem key={place} to={`#${place}`} isActive={isActive(place)}>{name}</NavItem>)}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
  // Only a page that listens to its size tells the sidebar that the screen is narrow.
  const listen = () => undefined;
  return (
    <Page onPageResize={listen} masthead={<Top session={session} theme={theme} setTheme={setTheme} isNavOpen={isNavOpen} toggleNav={toggleNav} />} sidebar={sidebar} mainContainerId="main" mainTabIndex={0}
      skipToContent={<SkipToContent href="#main" onClick={(e) => { e.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to content</SkipToContent>}>
      {screenFor(path, query)}
    </Page>
  );
}

interface TopProps {
  session: Session;
  theme: Theme;
  setTheme: (theme: Theme) => void;
  isNavOpen: boolean;
  toggleNav: () => void;
}

function Top({ session, theme, setTheme, isNavOpen, toggleNav }: TopProps) {
  const choice = (value: Theme, icon: ReactNode, name: string) => (
    <ToggleGroupItem icon={icon} aria-label={name} isSelected={theme === value} onChange={() => setTheme(value)} />);
  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle><PageToggleButton variant="plain" aria-label="Navigation" isSidebarOpen={isNavOpen} onSidebarToggle={toggleNav}><BarsIcon /></PageToggleButton></MastheadToggle>
        <MastheadBrand><a href="#/" className="walnut-brand"><Logo /><span>Walnut</span></a></MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isFullHeight isStatic>
          <ToolbarContent>
            <ToolbarGroup align={{ default: 'alignEnd' }} gap={{ default: 'gapMd' }}>
              <ToolbarItem visibility={{ default: 'hidden', md: 'visible' }}>
                <ToggleGroup aria-label="Colours">
                  {choice('system', <DesktopIcon />, 'As the system')}
                  {choice('light', <SunIcon />, 'Light')}
                  {choice('dark', <MoonIcon />, 'Dark')}
                </ToggleGroup>
              </ToolbarItem>
              <ToolbarItem alignSelf="center" visibility={{ default: 'hidden', md: 'visible' }}>
                <span className="walnut-user">{session.me.name}<small>{session.me.roles.join(', ')}</small></span>
              </ToolbarItem>
              <ToolbarItem><Button variant="secondary" onClick={session.signOut}>Sign out</Button></ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}
