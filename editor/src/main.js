// The bundle's entry.  What has to be there before the editor's modules run comes first; they are loaded by a dynamic
// import, because with code splitting a static one would let parts of them run ahead of `before.js`.
import { config } from './before.js';
import { __ } from '@wordpress/i18n';

import( './boot.js' )
	.then( ( { boot } ) => boot( config ) )
	.catch( ( error ) => {
		const words = document.createElement( 'p' );
		words.setAttribute( 'role', 'alert' );
		words.className = 'wirepress-failed';
		words.textContent = __( 'The editor could not be started. Please reload the page.', 'wirepress' );
		document.getElementById( 'editor' )?.replaceChildren( words );
		throw error;
	} );
