// Quick edits: the row has the focus before and after.
'use strict';

{
	let edited = '';
	document.addEventListener( 'htmx:before:request', () => {
		edited = document.querySelector( '.quick' )?.dataset.key || '';
	} );
	document.addEventListener( 'htmx:after:swap', () => {
		const name = document.querySelector( '#q-name' );
		if ( name ) {
			name.focus();
			name.select();
		} else if ( edited ) {
			document.querySelector( `.terms tr[data-key="${ CSS.escape( edited ) }"] a.title` )?.focus();
		}
	} );
	document.addEventListener( 'keydown', ( event ) => {
		if ( event.key === 'Escape' && event.target.closest( '.quick' ) ) {
			document.querySelector( '[data-cancel]' )?.click();
		}
	} );
}
