import { displayLanguage } from '../office/context.ts';
import { associate, whenReady } from '../office/events.ts';
import { quietRungs } from '../talk/rungs.ts';
import { connect } from '../talk/server.ts';
import { insertConference } from './insert-conference.ts';

/**
 * The page of the ribbon buttons that need no window. One function: the rest of the menu opens the pane with the
 * question answered in its address (ux.md section 1).
 */
associate('insertConference', (event) => {
  // Outlook waits for `completed` whatever becomes of the work; without it the button spins for five minutes.
  void insertConference(connect(displayLanguage(), quietRungs), displayLanguage()).finally(() => event.completed());
});

void whenReady();
