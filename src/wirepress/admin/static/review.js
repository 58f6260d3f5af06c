// Deciding by single keys: each presses the button or follows the link that shows it, while nobody types anywhere.
'use strict';

document.addEventListener( 'keydown', ( event ) => {
	const typing = event.target.closest( 'input:not([type=checkbox]), textarea, select, [contenteditable]' );
	if ( event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing || ! document.querySelector( '[data-keys]' ) ) {
		return;
	}
	const named = document.querySelector( `[data-key-press="${ CSS.escape( event.key ) }"]` );
	if ( named ) {
		event.preventDefault();
		named.click();
	}
} );
