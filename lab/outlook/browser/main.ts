/** Outlook alone on a page: `/lab/outlook`. */
import { mountOutlook, optionsFromAddress } from './outlook.ts';

const place = document.getElementById('window');
if (place) await mountOutlook(place, optionsFromAddress(location.search));
