// What the page says, and what the editor's modules look at while they load.
import { setLocaleData } from '@wordpress/i18n';

// JSON in a script element that is data and not code: the page needs no inline script.
export const config = JSON.parse( document.getElementById( 'wirepress-editor-config' ).textContent );

// The media library made of React and REST.  Without this flag the editor expects WordPress's older one, `wp.media`,
// which is not on npm.
window.__experimentalDataViewsMediaModal = true;

// Some modules translate their texts once, as they load.
for ( const [ domain, messages ] of Object.entries( config.translations ?? {} ) ) {
	setLocaleData( messages, domain );
}
